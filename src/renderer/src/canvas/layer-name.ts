/** The switchable overlays of the page view, from the bottom up. */
export const LAYER_NAMES = ['grid', 'boxes', 'pulses', 'text', 'traces', 'masks', 'residual'] as const;
export type LayerName = (typeof LAYER_NAMES)[number];

/** Whether and how strongly an overlay shows. */
export interface LayerState {
  visible: boolean;
  /** 0.05..1. */
  opacity: number;
}

/** First state of the overlays: traces and lead boxes show, the rest waits to be asked for. */
export const DEFAULT_LAYERS: Record<LayerName, LayerState> = {
  grid: { visible: false, opacity: 0.6 },
  boxes: { visible: true, opacity: 0.7 },
  pulses: { visible: false, opacity: 0.8 },
  text: { visible: false, opacity: 0.8 },
  traces: { visible: true, opacity: 0.9 },
  masks: { visible: false, opacity: 0.75 },
  residual: { visible: false, opacity: 0.85 },
};

/** What an overlay is called in the window. */
export const LAYER_TITLES: Readonly<Record<LayerName, string>> = {
  grid: 'Grid lattice',
  boxes: 'Lead boxes',
  pulses: 'Calibration pulses',
  text: 'Labels and text',
  traces: 'Traces',
  masks: 'Masks',
  residual: 'Missed and invented',
};
