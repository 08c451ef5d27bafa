import { defineStore } from 'pinia';
import { reactive, watch } from 'vue';
import type { ThemeChoice } from '../services/apply-theme.ts';
import { readPreferences, writePreferences } from '../services/preferences-file.ts';
import { DEFAULT_LAYERS } from '../canvas/layer-name.ts';
import type { TraceColours } from '../canvas/scene-model.ts';
import { mergeLayers } from '../canvas/merge-layers.ts';

/** What the window remembers between starts. Sizes in CSS pixels. */
const DEFAULTS = {
  theme: 'system' as ThemeChoice,
  queueWidth: 288,
  queueOpen: true,
  inspectorWidth: 312,
  inspectorOpen: true,
  signalOpen: true,
  signalDock: 'bottom' as 'bottom' | 'right',
  signalHeight: 340,
  signalWidth: 560,
  arrangement: 'printed' as 'printed' | 'stacked',
  /** Gain and speed at which signals are drawn, not those of the scan. */
  paperGain: 10,
  paperSpeed: 25,
  paperZoom: 1,
  closedSections: [] as string[],
  layers: DEFAULT_LAYERS,
  traceColours: 'leads' as TraceColours,
  /** Whether two readings are compared side by side. */
  comparePanes: false,
  exportFormats: ['csv', 'json'],
  exportFolder: '',
  exportKind: 'files' as 'files' | 'dataset',
  datasetFolder: '',
  datasetParts: ['images', 'planes', 'label-maps', 'coco', 'provenance'],
  datasetName: '',
  datasetLicence: '',
  datasetSplit: '70:15:15',
  datasetSeed: 1,
  datasetPatients: 'name',
  datasetStratify: 'layout',
  datasetDeidentify: false,
  datasetUnreviewed: false,
  /** What is done to exported signals; empty and 0: nothing. */
  exportBaseline: '',
  exportNotchHz: 0,
  exportLowPassHz: 0,
  exportFs: 0,
  exportCorrectLag: false,
  exportComplete: false,
  /** Chords given to commands, by their ids. */
  keys: {} as Record<string, string[]>,
};
export type Preferences = typeof DEFAULTS;

/** Remembered view settings; every change is written within 300 ms. */
export const usePreferences = defineStore('preferences', () => {
  const stored = readPreferences();
  const values = reactive(structuredClone(DEFAULTS)) as Preferences;
  for (const key of Object.keys(DEFAULTS) as (keyof Preferences)[]) {
    if (key === 'keys') values.keys = knownKeys(stored[key]);
    else if (key === 'layers') Object.assign(values.layers, mergeLayers(stored[key]));
    else if (sameShape(DEFAULTS[key], stored[key])) Object.assign(values, { [key]: stored[key] });
  }

  let timer: ReturnType<typeof setTimeout> | undefined;
  watch(values, () => {
    clearTimeout(timer);
    timer = setTimeout(() => writePreferences(values), 300);
  });
  return { values };
});

function sameShape(expected: unknown, value: unknown): boolean {
  return typeof value === typeof expected && Array.isArray(value) === Array.isArray(expected);
}

function knownKeys(stored: unknown): Record<string, string[]> {
  if (stored === null || typeof stored !== 'object') return {};
  const isChords = (value: unknown): value is string[] =>
    Array.isArray(value) && value.every((chord) => typeof chord === 'string');
  return Object.fromEntries(
    Object.entries(stored).filter((entry): entry is [string, string[]] => isChords(entry[1])),
  );
}
