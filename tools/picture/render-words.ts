import { execFileSync } from 'node:child_process';
import sharp from 'sharp';

/** A word drawn large: coverage 0..1 in a tight box, row-major. */
export interface WordPicture {
  readonly data: Float32Array;
  readonly width: number;
  readonly height: number;
  /** Height of a capital letter in pixels of the picture. */
  readonly capPx: number;
}

const USUAL_FONT_PX = 64;
const EXCLUDED = /math|symbol|dingbat|emoji|D050|Standard Symbols|Z003|Droid Sans Fallback/i;

/** Font faces installed on this machine: family, weight, style. All are freely licensed Debian packages. */
export function listFaces(): { family: string; weight: string; style: string }[] {
  const lines = execFileSync('fc-list', [':', 'family', 'style'], { encoding: 'utf8' }).split('\n');
  const faces = new Map<string, { family: string; weight: string; style: string }>();
  for (const line of lines) {
    const [families, styles = ''] = line.split(':style=');
    const family = families.split(',')[0].trim();
    if (!family || EXCLUDED.test(family)) continue;
    const weight = /bold|demi/i.test(styles) ? 'bold' : 'normal';
    const style = /italic|oblique/i.test(styles) ? 'italic' : 'normal';
    faces.set(`${family}|${weight}|${style}`, { family, weight, style });
  }
  return [...faces.values()].sort((a, b) =>
    a.family + a.weight + a.style < b.family + b.weight + b.style ? -1 : 1,
  );
}

/** Draws `text` in a face with the given letter spacing (em) and cuts it out. */
export async function renderWord(
  text: string,
  face: { family: string; weight: string; style: string },
  letterSpacingEm: number,
  fontPx = USUAL_FONT_PX,
): Promise<WordPicture | null> {
  const width = Math.ceil((text.length + 2) * fontPx * (1 + Math.max(0, letterSpacingEm)));
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${2 * fontPx}"><text x="${fontPx / 2}" y="${1.4 * fontPx}" font-family="${face.family}" font-weight="${face.weight}" font-style="${face.style}" font-size="${fontPx}" letter-spacing="${letterSpacingEm * fontPx}" xml:space="preserve">${text.replace(/&/g, '&amp;').replace(/</g, '&lt;')}</text></svg>`;
  return cutOut(svg, 0.72 * fontPx);
}

/** Draws chains of points (x0, y0, x1, y1, ...) as round strokes and cuts them out. */
export async function renderStrokes(
  strokes: readonly Float32Array[],
  strokePx: number,
  capPx: number,
): Promise<WordPicture | null> {
  const margin = 10 + Math.ceil(strokePx);
  let right = 0;
  const paths = strokes.map((stroke) => {
    const points: string[] = [];
    for (let k = 0; k < stroke.length; k += 2) {
      right = Math.max(right, stroke[k]!);
      points.push(`${stroke[k]! + margin},${stroke[k + 1]! + margin + 1.2 * capPx}`);
    }
    return `<polyline points="${points.join(' ')}"/>`;
  });
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${Math.ceil(right + 2 * margin)}" height="${Math.ceil(1.8 * capPx + 2 * margin)}"><g fill="none" stroke="black" stroke-width="${strokePx}" stroke-linecap="round" stroke-linejoin="round">${paths.join('')}</g></svg>`;
  return cutOut(svg, capPx);
}

/** Plotter letters as polylines in a cell of 1 x 1 (y down); ECG printers of old draw like this. */
const PLOTTER: Record<string, { advance: number; path: string }> = {
  I: { advance: 0.3, path: 'M0.15 0V1' },
  S: { advance: 0.5, path: 'M0 0H0.4M0.2 0V1M0 1H0.4' },
  V: { advance: 0.85, path: 'M0 0L0.35 1L0.7 0' },
  a: { advance: 0.75, path: 'M0.55 0.35V1M0.55 0.5C0.4 0.3 0 0.3 0 0.68C0 1.06 0.4 1.06 0.55 0.86' },
  R: { advance: 0.8, path: 'M0 1V0H0.4C0.7 0 0.7 0.5 0.4 0.5H0M0.35 0.5L0.65 1' },
  L: { advance: 0.7, path: 'M0 0V1H0.55' },
  F: { advance: 0.7, path: 'M0.6 0H0V1M0 0.48H0.45' },
  '1': { advance: 0.5, path: 'M0.05 0.22L0.25 0V1' },
  '2': { advance: 0.75, path: 'M0 0.25C0 -0.1 0.6 -0.1 0.6 0.25C0.6 0.5 0 0.75 0 1H0.6' },
  '3': {
    advance: 0.75,
    path: 'M0 0.1C0.2 -0.1 0.6 0 0.6 0.25C0.6 0.45 0.4 0.48 0.25 0.48C0.4 0.48 0.62 0.52 0.62 0.75C0.62 1.05 0.15 1.05 0 0.88',
  },
  '4': { advance: 0.8, path: 'M0.5 1V0L0 0.7H0.68' },
  '5': { advance: 0.75, path: 'M0.55 0H0.08L0.03 0.45C0.3 0.3 0.6 0.42 0.6 0.68C0.6 1.05 0.15 1.08 0 0.88' },
  '6': {
    advance: 0.75,
    path: 'M0.5 0.02C0.2 0.05 0 0.4 0 0.7C0 1.1 0.6 1.1 0.6 0.7C0.6 0.35 0.1 0.35 0 0.65',
  },
  '-': { advance: 0.6, path: 'M0 0.55H0.4' },
};

/** Draws a lead label in plotter letters; `serif` gives the I its bars. */
export async function renderPlotterWord(
  text: string,
  strokeEm: number,
  aspect: number,
  serif: boolean,
  spacing: number,
): Promise<WordPicture | null> {
  const cap = 48;
  let x = 20;
  const parts: string[] = [];
  for (const character of text) {
    const glyph = PLOTTER[character === 'I' && serif ? 'S' : character];
    if (!glyph) return null;
    parts.push(
      `<path transform="translate(${x} 20) scale(${cap * aspect} ${cap})" vector-effect="non-scaling-stroke" d="${glyph.path}" stroke-width="${strokeEm * cap}"/>`,
    );
    x += (glyph.advance + spacing) * cap * aspect;
  }
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${Math.ceil(x + 40)}" height="90"><g fill="none" stroke="black" stroke-linecap="round" stroke-linejoin="round">${parts.join('')}</g></svg>`;
  return cutOut(svg, cap);
}

async function cutOut(svg: string, capPx: number): Promise<WordPicture | null> {
  const { data, info } = await sharp(Buffer.from(svg))
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  let x0 = info.width;
  let x1 = 0;
  let y0 = info.height;
  let y1 = 0;
  for (let y = 0; y < info.height; y++) {
    for (let x = 0; x < info.width; x++) {
      if (data[(y * info.width + x) * 4 + 3] < 100) continue;
      x0 = Math.min(x0, x);
      x1 = Math.max(x1, x + 1);
      y0 = Math.min(y0, y);
      y1 = Math.max(y1, y + 1);
    }
  }
  if (x1 <= x0 || y1 <= y0) return null;
  const width = x1 - x0;
  const height = y1 - y0;
  const out = new Float32Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) out[y * width + x] = data[((y + y0) * info.width + x + x0) * 4 + 3] / 255;
  }
  return { data: out, width, height, capPx };
}
