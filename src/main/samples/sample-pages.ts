import type { EcgKind } from '../../core/synthesis/ecg/random-ecg.ts';
import { PINK_GRID, type GridStyle, type PageOptions } from '../../core/synthesis/page/page-options.ts';

/** A bundled sample scan: whose heart, printed how, and how it became a file. */
export interface SamplePage {
  /** File name with its extension, which chooses the encoder. */
  readonly file: string;
  /** Names the patient and the finding on the header. */
  readonly title: string;
  readonly finding: string;
  readonly ecg: EcgKind;
  readonly seed: number;
  readonly page: Omit<PageOptions, 'signals' | 'fs' | 'seed' | 'header'>;
}

const DESK = { share: 0.05, colour: [96, 76, 60] } as const;
const ORANGE_GRID: GridStyle = {
  ...PINK_GRID,
  minorColour: [253, 224, 200],
  majorColour: [244, 178, 128],
  borderMm: 4,
};
const GREEN_GRID: GridStyle = { ...PINK_GRID, minorColour: [214, 236, 220], majorColour: [150, 205, 170] };
const GRAY_GRID: GridStyle = { ...PINK_GRID, minorColour: [222, 222, 222], majorColour: [180, 180, 180] };
const DOTTED_GRID: GridStyle = {
  ...PINK_GRID,
  minor: 'none',
  major: 'dotted',
  majorColour: [40, 40, 40],
  majorMm: 0.3,
  borderMm: 4,
};
const RED_GRID: GridStyle = { ...PINK_GRID, minorColour: [248, 190, 190], majorColour: [226, 110, 110] };

/** The bundled sample scans: every common layout once, from a clean print to a photograph of folded paper. */
export const SAMPLE_PAGES: readonly SamplePage[] = [
  {
    file: '01-resting-12-lead.png',
    title: 'SAMPLE PATIENT 01',
    finding: 'Normal sinus rhythm',
    ecg: 'normal',
    seed: 27,
    page: { layout: '3x4+1', dpi: 150, separators: 'double-dash', footerRight: 'TW 100   SYNTHETIC ECG' },
  },
  {
    file: '02-scan-atrial-fibrillation.jpg',
    title: 'SAMPLE PATIENT 02',
    finding: 'Atrial fibrillation',
    ecg: 'atrial-fibrillation',
    seed: 23,
    page: {
      layout: '6x2+1',
      dpi: 150,
      pulse: 'right',
      separators: 'bar',
      grid: RED_GRID,
      conditions: { rotationDegrees: -1.3, blurPx: 0.5, noise: 2.5, light: [252, 250, 244] },
    },
  },
  {
    file: '03-phone-photo.jpg',
    title: 'SAMPLE PATIENT 03',
    finding: 'ST elevation',
    ecg: 'st-elevation',
    seed: 59,
    page: {
      layout: '3x4+1',
      dpi: 150,
      separators: 'bar',
      conditions: {
        rotationDegrees: 2.4,
        perspective: 0.035,
        curlMm: 1.6,
        surround: DESK,
        shadow: 0.24,
        vignette: 0.14,
        light: [255, 247, 232],
        blurPx: 0.7,
        noise: 3,
      },
    },
  },
  {
    file: '04-cabrera.jpg',
    title: 'SAMPLE PATIENT 04',
    finding: 'Sinus bradycardia',
    ecg: 'bradycardia',
    seed: 3,
    page: {
      layout: '6x2',
      cabrera: true,
      dpi: 150,
      grid: ORANGE_GRID,
      footer: '25mm/s   10mm/mV   35Hz',
      conditions: { rotationDegrees: 0.6, blurPx: 0.5, noise: 2 },
    },
  },
  {
    file: '05-fax-twelve-rows.png',
    title: 'SAMPLE PATIENT 05',
    finding: 'Sinus tachycardia',
    ecg: 'tachycardia',
    seed: 13,
    page: {
      layout: '12x1',
      dpi: 150,
      grid: DOTTED_GRID,
      pen: { widthMm: 0.25 },
      gainMmPerMillivolt: 5,
      conditions: { rotationDegrees: 0.4, colours: 'bilevel', threshold: 165, noise: 3 },
    },
  },
  {
    file: '06-folded-and-stained.jpg',
    title: 'SAMPLE PATIENT 06',
    finding: 'Ventricular premature beats',
    ecg: 'premature-beats',
    seed: 28,
    page: {
      layout: '3x4+3',
      dpi: 150,
      separators: 'double-dash',
      paperColour: [250, 244, 232],
      conditions: {
        creases: 2,
        creaseMm: 0.5,
        stains: 2,
        rotationDegrees: -0.8,
        curlMm: 0.6,
        blurPx: 0.6,
        noise: 2.5,
      },
    },
  },
  {
    file: '07-photocopy.jpg',
    title: 'SAMPLE PATIENT 07',
    finding: 'Left ventricular hypertrophy',
    ecg: 'hypertrophy',
    seed: 67,
    page: {
      layout: '3x4',
      dpi: 150,
      grid: GRAY_GRID,
      pen: { colour: [60, 60, 60] },
      conditions: { colours: 'gray', rotationDegrees: 1.1, blurPx: 0.7, noise: 5, gamma: 0.9 },
    },
  },
  {
    file: '08-rhythm-strip.png',
    title: 'SAMPLE PATIENT 08',
    finding: 'Ventricular premature beats',
    ecg: 'premature-beats',
    seed: 9,
    page: { layout: 'strip', dpi: 200, paperMm: [279.4, 65], grid: GREEN_GRID },
  },
  {
    file: '09-sideways-4x3.jpg',
    title: 'SAMPLE PATIENT 09',
    finding: 'Intraventricular conduction delay',
    ecg: 'wide-qrs',
    seed: 8,
    page: {
      layout: '4x3',
      dpi: 150,
      pen: { colour: [30, 38, 90] },
      separators: 'bar',
      conditions: { quarterTurns: 1, rotationDegrees: 0.9, blurPx: 0.5, noise: 2, light: [250, 250, 255] },
    },
  },
  {
    file: '10-fast-paper.png',
    title: 'SAMPLE PATIENT 10',
    finding: 'Low voltage',
    ecg: 'low-voltage',
    seed: 19,
    page: { layout: '6x2', dpi: 150, speedMmPerSecond: 50, gainMmPerMillivolt: 20, grid: ORANGE_GRID },
  },
];
