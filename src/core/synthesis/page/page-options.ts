import type { LeadName } from '../../../shared/lead-name.ts';
import type { LayoutKind } from '../../lead/layout.ts';
import type { PageConditions } from '../conditions/page-conditions.ts';
import { USUAL_LABELS, type LabelStyle } from './label-style.ts';
import type { PageExtra } from './page-extra.ts';
import { USUAL_PULSE, type PulseStyle } from './pulse-style.ts';

/** Red, green, blue, each 0..255. */
export type Rgb = readonly [number, number, number];

/** Printed grid: fine lines every millimetre, strong ones every five. */
export interface GridStyle {
  readonly minor: 'line' | 'dot' | 'none';
  /** `dotted`: dots every millimetre along the lines. */
  readonly major: 'line' | 'dotted' | 'none';
  readonly minorColour: Rgb;
  readonly majorColour: Rgb;
  /** Line widths (dot diameters), millimetres. */
  readonly minorMm: number;
  readonly majorMm: number;
  /** White border between the edge of the paper and the grid, millimetres; 0 = to the edge. */
  readonly borderMm: number;
  /** Height at the top of the paper that carries no grid, millimetres; only whole boxes of 5 mm are left out. */
  readonly blankTopMm?: number;
  /** Fine lines are printed over the strong ones, which then look dashed. */
  readonly minorOnTop?: boolean;
  /** Lines lie on whole pixels and are whole pixels wide, as plotting programs draw them. */
  readonly snapped?: boolean;
}

/** The stroke that draws traces, or letters. */
export interface PenStyle {
  readonly colour: Rgb;
  readonly widthMm: number;
  /** How far the edge of the stroke fades, pixels; 1 = a plain anti-aliased edge. */
  readonly softnessPx: number;
  /** How dark the full stroke is, 0..1. */
  readonly opacity: number;
  /** Dots per millimetre of a print head the stroke is rounded to; 0 = a smooth stroke. */
  readonly dotsPerMm?: number;
}

/** Lettering of labels and headers. */
export interface TextStyle {
  readonly pen: PenStyle;
  /** Height of capitals in lead names, millimetres; other text is 0.85 of it. */
  readonly capMm: number;
  readonly stretch: number;
  readonly slant: number;
  /** Whether lead names are printed at all. */
  readonly labels: boolean;
  /** Letters of a plotter, with serifs, or made of the dots of a print head; plain when absent. */
  readonly font?: LetterFont;
}

/** The look of printed letters. */
export type LetterFont = 'plain' | 'serif' | 'dots';

/** Faults of the device that printed the page. */
export interface PrinterFaults {
  /** Depth of bands along the paper where the head prints weakly, 0..1. */
  readonly bands: number;
  /** Number of dead dots of the head: hairlines along the paper that stay blank. */
  readonly deadDots: number;
  /** Depth of large areas where ink is pale (worn ribbon, faded thermal paper), 0..1. */
  readonly fading: number;
  /** Opacity of the print on the back of the sheet that shines through, mirrored, 0..0.3. */
  readonly showThrough: number;
}

/** What to draw. Everything but the signals has a default. */
export interface PageOptions {
  /** Twelve (or fewer) leads in millivolts, equally long, at least as long as a row. */
  readonly signals: ReadonlyMap<LeadName, Float32Array>;
  /** Samples per second of the signals. */
  readonly fs: number;
  readonly layout: LayoutKind;
  readonly cabrera?: boolean;
  /** Leads of the rhythm strips, top first; II, V1, V5 when absent. */
  readonly rhythmLeads?: readonly LeadName[];
  /** Length of a row on the page's clock, seconds; 250 mm of paper when absent. */
  readonly seconds?: number;
  readonly speedMmPerSecond?: number;
  readonly gainMmPerMillivolt?: number;
  /** Paper, width and height in millimetres; US letter, landscape, when absent. */
  readonly paperMm?: readonly [number, number];
  /** Pixels per inch, 72..600; 200 when absent. */
  readonly dpi?: number;
  /** Stretches the pixels per millimetre in x and y, for printers and scanners with unequal scales. */
  readonly scale?: readonly [number, number];
  readonly paperColour?: Rgb;
  readonly grid?: GridStyle | null;
  readonly pen?: Partial<PenStyle>;
  readonly text?: Partial<TextStyle>;
  readonly pulse?: 'left' | 'right' | 'none';
  readonly pulseStyle?: PulseStyle;
  readonly separators?: SeparatorKind;
  /** Width of the pen of separators, millimetres; that of the traces when absent. */
  readonly separatorMm?: number;
  /** Draws the jump from the end of a lead to the start of the next one in its row. */
  readonly joined?: boolean;
  /** Every column shows the same seconds of the recording instead of following the one before. */
  readonly simultaneous?: boolean;
  /** Gain of V1 to V6 against that of the page, 0.5 for the usual half; 1 when absent. */
  readonly chestGain?: number;
  /** How and where lead names are written. */
  readonly labelStyle?: LabelStyle;
  /** Things on the page besides the recording: tables, handwriting, stamps, codes. */
  readonly extras?: readonly PageExtra[];
  /** Faults of the printer; none when null or absent. */
  readonly printer?: PrinterFaults | null;
  /** Lines of text at the top: from the left edge, from a third of the row, up to the right edge. */
  readonly header?: {
    readonly left?: readonly string[];
    readonly middle?: readonly string[];
    readonly right?: readonly string[];
  };
  /** Line of text at the bottom left; speed, gain and filter when absent, nothing when empty. */
  readonly footer?: string;
  /** Line of text at the bottom right; nothing when absent. */
  readonly footerRight?: string;
  /** Moves rows closer: the share of the height left for rows that they really use, 0.3..1. */
  readonly rowSpread?: number;
  readonly conditions?: PageConditions;
  /** Seed of everything random on the page (stains, noise, bends). */
  readonly seed?: number;
}

/** Marks between the columns: nothing, a bar, a dash above and below, a dotted line, a tick above the row. */
export type SeparatorKind = 'none' | 'bar' | 'double-dash' | 'dotted' | 'tick';

/** The options with every default filled in. */
export type ResolvedPageOptions = Omit<Required<PageOptions>, 'pen' | 'text'> & {
  readonly pen: PenStyle;
  readonly text: TextStyle;
};

/** The usual pink paper. */
export const PINK_GRID: GridStyle = {
  minor: 'line',
  major: 'line',
  minorColour: [250, 215, 215],
  majorColour: [238, 160, 160],
  minorMm: 0.13,
  majorMm: 0.22,
  borderMm: 0,
};

const BLACK_PEN: PenStyle = { colour: [25, 22, 28], widthMm: 0.3, softnessPx: 1, opacity: 0.95 };

/** Fills in the defaults; a page of 10 s at 25 mm/s on pink paper. */
export function resolvePageOptions(options: PageOptions): ResolvedPageOptions {
  const speedMmPerSecond = options.speedMmPerSecond ?? 25;
  const gainMmPerMillivolt = options.gainMmPerMillivolt ?? 10;
  return {
    cabrera: false,
    rhythmLeads: ['II', 'V1', 'V5'],
    seconds: 250 / speedMmPerSecond,
    paperMm: [279.4, 215.9],
    dpi: 200,
    scale: [1, 1],
    paperColour: [255, 251, 249],
    grid: PINK_GRID,
    pulse: 'left',
    pulseStyle: USUAL_PULSE,
    separators: 'none',
    separatorMm: options.pen?.widthMm ?? BLACK_PEN.widthMm,
    joined: false,
    simultaneous: false,
    chestGain: 1,
    labelStyle: USUAL_LABELS,
    extras: [],
    printer: null,
    header: {},
    footer: `${speedMmPerSecond}mm/s   ${gainMmPerMillivolt}mm/mV   0.05-150Hz`,
    footerRight: '',
    rowSpread: 1,
    conditions: {},
    seed: 1,
    ...options,
    speedMmPerSecond,
    gainMmPerMillivolt,
    pen: { ...BLACK_PEN, ...options.pen },
    text: {
      pen: { ...BLACK_PEN, widthMm: 0.27 },
      capMm: 2.8,
      stretch: 1,
      slant: 0,
      labels: true,
      ...options.text,
    },
  };
}
