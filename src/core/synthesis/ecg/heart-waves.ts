import type { Dipole, HeartWave } from './ecg-parameters.ts';

/** How a heart differs from the textbook one; all factors are 1 and all angles 0 for the textbook. */
export interface HeartShape {
  /** Turn of the depolarisation in the frontal plane, degrees, clockwise (to the feet) positive. */
  readonly axisDegrees: number;
  /** Turn in the horizontal plane, degrees, to the front positive. */
  readonly rotationDegrees: number;
  readonly atrialScale: number;
  readonly qScale: number;
  readonly rScale: number;
  readonly sScale: number;
  readonly tScale: number;
  /** Lengthens the ventricular complex; 1.6 looks like a bundle branch block. */
  readonly qrsWidth: number;
  /** Lift of the ST segment, millivolts on the dipole. */
  readonly stShift: Dipole;
  /** Time from the P wave to the R peak, seconds. */
  readonly prSeconds: number;
}

/** The heart of a textbook. */
export const TEXTBOOK_HEART: HeartShape = {
  axisDegrees: 0,
  rotationDegrees: 0,
  atrialScale: 1,
  qScale: 1,
  rScale: 1,
  sScale: 1,
  tScale: 1,
  qrsWidth: 1,
  stShift: [0, 0, 0],
  prSeconds: 0.16,
};

/**
 * The waves of a conducted beat. P has a right and a left atrial half, T a slow rise and a quicker fall, so that the
 * leads show the usual asymmetries (a biphasic P in V1, R growing from V1 to V5).
 */
export function conductedWaves(shape: HeartShape): HeartWave[] {
  const w = shape.qrsWidth;
  const turn = (dipole: Dipole, scale: number) =>
    scaled(rotated(dipole, shape.axisDegrees, shape.rotationDegrees), scale);
  const p = shape.prSeconds;
  return [
    wave(-p - 0.012, 0.017, scaled([0.04, 0.07, 0.06], shape.atrialScale), false),
    wave(-p + 0.02, 0.017, scaled([0.06, 0.06, -0.04], shape.atrialScale), false),
    wave(-0.027 * w, 0.0085 * w, turn([-0.14, -0.06, 0.28], shape.qScale), false),
    wave(0, 0.0118 * w, turn([0.95, 0.85, -0.12], shape.rScale), false),
    wave(0.021 * w, 0.0115 * w, turn([-0.12, -0.2, -0.62], shape.sScale), false),
    wave(0.13, 0.045, shape.stShift, true),
    wave(0.26, 0.055, turn([0.12, 0.1, 0.13], shape.tScale), true),
    wave(0.305, 0.03, turn([0.12, 0.1, 0.1], shape.tScale), true),
  ];
}

/** The waves of a premature ventricular beat: no P, wide and tall, T against it. */
export function prematureWaves(scale: number): HeartWave[] {
  return [
    wave(-0.02, 0.028, scaled([-0.5, 1.1, 0.5], scale), false),
    wave(0.045, 0.026, scaled([0.2, -0.6, -0.5], scale), false),
    wave(0.27, 0.06, scaled([0.15, -0.38, -0.25], scale), true),
  ];
}

function wave(centreSeconds: number, widthSeconds: number, dipole: Dipole, stretches: boolean): HeartWave {
  return { centreSeconds, widthSeconds, dipole, stretches };
}

function scaled(d: Dipole, factor: number): Dipole {
  return [d[0] * factor, d[1] * factor, d[2] * factor];
}

function rotated(d: Dipole, axisDegrees: number, rotationDegrees: number): Dipole {
  const a = (axisDegrees * Math.PI) / 180;
  const r = (rotationDegrees * Math.PI) / 180;
  const x = d[0] * Math.cos(a) - d[1] * Math.sin(a);
  const y = d[0] * Math.sin(a) + d[1] * Math.cos(a);
  return [x * Math.cos(r) - d[2] * Math.sin(r), y, x * Math.sin(r) + d[2] * Math.cos(r)];
}
