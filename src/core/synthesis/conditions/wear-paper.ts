import type { Random } from '../random.ts';
import { sampleField } from '../sample-field.ts';
import { createCrumpleShade } from './crumple-shade.ts';
import type { Crumple, PageConditions } from './page-conditions.ts';
import type { Crease } from './page-warp.ts';
import { addPaperGrain } from './paper-grain.ts';
import { shadeFurrows } from './shade-furrows.ts';
import { soilPaper, type PaperPart } from './soil-paper.ts';

/** What a stain takes from red, green and blue where it is darkest. */
const STAIN = [0.1, 0.22, 0.42] as const;

/** Everything that lies on or in the paper itself: stains, folds, soil, crumples. In place on a part of a flat RGB page. */
export function wearPaper(
  part: PaperPart,
  conditions: PageConditions,
  creases: readonly Crease[],
  random: Random,
): void {
  if (conditions.grain) addPaperGrain(part.picture, conditions.grain, random.fork('grain'));
  soilPaper(part, conditions, random.fork('soil'));
  for (let k = 0; k < (conditions.stains ?? 0); k++) stain(part, random.fork(`stain${k}`));
  for (const crease of creases) shadeCrease(part, crease, random.uniform(0.12, 0.3));
  if (conditions.crumple) shadeCrumple(part, conditions.crumple, random.fork('crumple'));
  if (conditions.furrows) shadeFurrows(part, conditions.furrows, random.fork('furrows'));
}

/** Crumpled paper catches the light facet by facet. */
function shadeCrumple({ picture, frame, pxPerMm }: PaperPart, crumple: Crumple, random: Random): void {
  const { data, width, height } = picture;
  const shade = createCrumpleShade(crumple, random);
  const stepPx = Math.max(2, Math.round(pxPerMm * 0.7));
  sampleField(
    { width, height, stepPx },
    (x, y) => shade((x + frame.x0) / pxPerMm, (y + frame.y0) / pxPerMm),
    (y, row) => {
      for (let x = 0, p = y * width * 3; x < width; x++, p += 3) {
        const factor = row[x]!;
        for (let c = p; c < p + 3; c++) data[c] = Math.min(255, data[c]! * factor);
      }
    },
  );
}

/** A dried drop: a pale disc of uneven outline with a darker rim. */
function stain({ picture, frame, full }: PaperPart, random: Random): void {
  const { data } = picture;
  const { width, height } = full;
  const radius = random.uniform(0.03, 0.09) * width;
  const cx = random.uniform(0, width);
  const cy = random.uniform(0, height);
  const strength = random.uniform(0.35, 0.9);
  const lobes = [2, 3, 5].map((count) => ({
    count,
    phase: random.uniform(0, 2 * Math.PI),
    height: random.uniform(0, 0.12 / Math.sqrt(count)),
  }));
  const reach = radius * 1.3;
  const first = (at: number, from: number) => Math.max(from, Math.floor(at - reach));
  for (let y = first(cy, frame.y0); y < Math.min(frame.y1, cy + reach); y++) {
    for (let x = first(cx, frame.x0); x < Math.min(frame.x1, cx + reach); x++) {
      const angle = Math.atan2(y - cy, x - cx);
      let outline = radius;
      for (const lobe of lobes) outline += radius * lobe.height * Math.sin(lobe.count * angle + lobe.phase);
      const r = Math.hypot(x - cx, y - cy) / outline;
      if (r > 1.06) continue;
      const rim = Math.exp(-(((r - 0.97) / 0.035) ** 2));
      const edge = Math.min(1, (1.06 - r) / 0.06);
      const amount = strength * edge * (0.3 + 0.7 * rim);
      const p = ((y - frame.y0) * picture.width + x - frame.x0) * 3;
      for (let c = 0; c < 3; c++) data[p + c] = data[p + c]! * (1 - STAIN[c]! * amount);
    }
  }
}

/** Light falls differently on the two sides of a fold, and the paper's coat breaks along it. */
function shadeCrease({ picture, frame, full }: PaperPart, crease: Crease, depth: number): void {
  const { data, width, height } = picture;
  const [nx, ny] = crease.normal;
  const fine = Math.max(1, full.width / 1600);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const s = nx * (x + frame.x0) + ny * (y + frame.y0) - crease.offset;
      if (Math.abs(s) > 3 * crease.reachPx) continue;
      const side = depth * 0.5 * Math.exp(-Math.abs(s) / crease.reachPx) * (s < 0 ? 1 : -0.35);
      const line = depth * Math.exp(-((s / (1.2 * fine)) ** 2));
      const factor = 1 - side - line;
      const p = (y * width + x) * 3;
      for (let c = 0; c < 3; c++) data[p + c] = Math.min(255, data[p + c]! * factor);
    }
  }
}
