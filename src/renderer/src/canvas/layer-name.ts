/** The layers of the page view, from the bottom up. */
export const LAYER_NAMES = [
  'scan',
  'grid',
  'boxes',
  'pulses',
  'text',
  'traces',
  'masks',
  'residual',
] as const;
export type LayerName = (typeof LAYER_NAMES)[number];

/** Whether and how strongly a layer shows, and whether it can be touched. */
export interface LayerState {
  visible: boolean;
  /** 0.05..1. */
  opacity: number;
  /** Nothing on it can be hit or changed. */
  locked: boolean;
}

const state = (visible: boolean, opacity: number): LayerState => ({ visible, opacity, locked: false });

/** First state of the layers: scan, traces and lead boxes show, the rest waits to be asked for. */
export const DEFAULT_LAYERS: Record<LayerName, LayerState> = {
  scan: state(true, 1),
  grid: state(false, 0.6),
  boxes: state(true, 0.7),
  pulses: state(false, 0.8),
  text: state(false, 0.8),
  traces: state(true, 0.9),
  masks: state(false, 0.75),
  residual: state(false, 0.85),
};

/** What a layer is called in the window. */
export const LAYER_TITLES: Readonly<Record<LayerName, string>> = {
  scan: 'Scan',
  grid: 'Grid lattice',
  boxes: 'Lead boxes',
  pulses: 'Calibration pulses',
  text: 'Text and identity',
  traces: 'Traces',
  masks: 'Masks',
  residual: 'Missed and invented',
};

/** Layers with something on them that a tool could change. */
export const LOCKABLE_LAYERS: readonly LayerName[] = ['grid', 'boxes', 'text', 'traces', 'masks'];
