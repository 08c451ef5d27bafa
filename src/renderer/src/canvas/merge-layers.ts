import { DEFAULT_LAYERS, LOCKABLE_LAYERS, type LayerName, type LayerState } from './layer-name.ts';

/** The layers as they were remembered; what is missing or damaged is as at first. */
export function mergeLayers(stored: unknown): Record<LayerName, LayerState> {
  const layers = structuredClone(DEFAULT_LAYERS);
  if (stored === null || typeof stored !== 'object') return layers;
  for (const [name, layer] of Object.entries(layers) as [LayerName, LayerState][]) {
    const known = (stored as Record<string, Partial<LayerState> | null | undefined>)[name];
    if (typeof known?.visible === 'boolean') layer.visible = known.visible;
    if (typeof known?.opacity === 'number') layer.opacity = Math.min(1, Math.max(0.05, known.opacity));
    if (typeof known?.locked === 'boolean' && LOCKABLE_LAYERS.includes(name)) layer.locked = known.locked;
  }
  return layers;
}
