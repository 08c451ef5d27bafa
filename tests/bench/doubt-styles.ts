import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Styles of the pages that the expected SNR is fitted on, as options of `npm run synth`. */
const STYLES: Readonly<Record<string, string>> = {
  plain: '--preset plain',
  'plain-gray': '--preset plain --colours gray --grid-colour gray',
  'plain-150': '--preset plain --dpi 150 --jpeg 60 --blur 0.8',
  'plain-100': '--preset plain --dpi 100',
  'plain-300': '--preset plain --dpi 300 --jpeg 80 --grid-colour brown',
  'plain-62': '--preset plain --layout 6x2 --grid-colour blue',
  'plain-121': '--preset plain --layout 12x1 --dpi 150',
  'plain-343': '--preset plain --layout 3x4+3 --gain 5 --noise 4',
  'plain-bw': '--preset plain --black-and-white yes --colours bilevel',
  'plain-wr': '--preset plain --wrinkles yes --folds-down 3 --folds-across 3 --jpeg 70 --noise 3',
  'plain-rot': '--preset plain --handwriting yes --rotate=-3..3 --noise 8 --blur 0.7 --jpeg 60',
  'plain-130': '--preset plain --dpi 130 --noise 12 --jpeg 50 --header yes',
  'plain-621': '--preset plain --layout 6x2+1 --cabrera --dpi 180 --grid-colour red --temperature 4000',
  'clean-341': '--preset clean --layout 3x4+1',
  'clean-any': '--preset clean',
  'scan-150': '--preset scan --layout 3x4+1 --dpi 150',
  'scan-200': '--preset scan --layout 3x4+1 --dpi 200',
  'scan-any': '--preset scan',
  'photo-341': '--preset photo --layout 3x4+1',
  'photo-any': '--preset photo',
  'copy-341': '--preset copy --layout 3x4+1',
  'damaged-341': '--preset damaged --layout 3x4+1',
  'photo-341b': '--preset photo --layout 3x4+1 --dpi 200',
};

/** Styles that are left to check with. */
const CHECKS: Readonly<Record<string, string>> = {
  'plain-200': '--preset plain --dpi 200 --jpeg 90',
  'plain-120': '--preset plain --dpi 120 --blur 0.6 --grid-colour green',
  'plain-240': '--preset plain --dpi 240 --noise 6 --rotate=-1..1',
  'plain-gray150': '--preset plain --colours gray --dpi 150 --jpeg 75 --noise 4',
  'plain-62b': '--preset plain --layout 6x2 --dpi 150 --jpeg 70 --rotate=-2..2',
  'plain-344': '--preset plain --layout 3x4 --dpi 170 --noise 5 --blur 0.5',
  'plain-342': '--preset plain --layout 3x4+2 --dpi 220 --grid-colour gray',
  'plain-wr2': '--preset plain --wrinkles yes --dpi 180 --jpeg 85',
  'plain-fold': '--preset plain --folds-down 4 --folds-across 1 --rotate=-2..2 --noise 5 --jpeg 75',
  'plain-warm': '--preset plain --temperature 3000 --blur 1 --noise 6 --jpeg 60',
  'plain-bw2': '--preset plain --black-and-white yes --colours gray --dpi 150',
  'plain-nogrid': '--preset plain --grid no --pulse left --dpi 150',
  'clean-62': '--preset clean --layout 6x2+1',
  'clean-344': '--preset clean --layout 3x4',
  'scan-341': '--preset scan --layout 3x4+1',
  'scan-62': '--preset scan --layout 6x2 --dpi 180',
  'scan-343': '--preset scan --layout 3x4+3 --dpi 200',
  'photo-62': '--preset photo --layout 6x2 --dpi 200',
  'photo-344': '--preset photo --layout 3x4 --dpi 200',
  'copy-any': '--preset copy --dpi 200',
};
/** Every page shows a heart of its own; the first ones of the folder are left to check with. */
const HEARTS_PER_STYLE = 7;
const FIRST_HEART = 36;
const FIRST_SEED = 500;

/**
 * Draws the pages that the expected SNR is fitted on and those it is checked on, seven of each style; those that are there stay.
 *
 * @param records a folder of WFDB records
 * @returns the folders of both, below `into`
 */
export function drawDoubtPages(
  root: string,
  records: string,
  into: string,
): { readonly fitted: string; readonly checked: string } {
  const [fitted, checked] = [join(into, 'pages'), join(into, 'checks')];
  const hearts = readdirSync(records)
    .filter((name) => name.endsWith('.hea'))
    .map((name) => name.slice(0, -'.hea'.length))
    .sort()
    .slice(FIRST_HEART)
    .sort((a, b) => (a.slice(2) < b.slice(2) ? -1 : 1));
  for (const [k, [style, options]] of [...Object.entries(STYLES), ...Object.entries(CHECKS)].entries()) {
    const pages = join(style in CHECKS ? checked : fitted, style);
    if (existsSync(pages)) continue;
    const own = join(into, 'records', style);
    mkdirSync(own, { recursive: true });
    for (const heart of hearts.slice(HEARTS_PER_STYLE * k, HEARTS_PER_STYLE * (k + 1))) {
      for (const ending of ['hea', 'dat'])
        copyFileSync(join(records, `${heart}.${ending}`), join(own, `${heart}.${ending}`));
    }
    const seed = String(FIRST_SEED + HEARTS_PER_STYLE * (k + 1));
    const words = ['synth', '--records', own, '--out', pages, '--seed', seed, '--no-masks', '--quiet'];
    execFileSync(
      process.execPath,
      [
        '--import',
        join(root, 'src/main/version-guard.js'),
        join(root, 'src/main/cli.ts'),
        ...words,
        ...options.split(' '),
      ],
      { stdio: 'inherit' },
    );
  }
  return { fitted, checked };
}
