import { LAYER_TITLES, LOCKABLE_LAYERS, type LayerName } from '../canvas/layer-name.ts';
import { usePreferences } from './preferences-store.ts';
import { useToasts } from './toast-store.ts';

/** What is locked, and the short word that a tool is refused with. */
export interface LayerLocks {
  isLocked(name: LayerName): boolean;
  /** Tells of the first locked one of some layers and offers to unlock it; false where none is. */
  refuse(names: readonly LayerName[]): boolean;
  toggle(name: LayerName): void;
}

export function useLayerLocks(): LayerLocks {
  const { values } = usePreferences();
  const toasts = useToasts();
  const isLocked = (name: LayerName): boolean => values.layers[name].locked;
  return {
    isLocked,
    refuse(names) {
      const locked = names.find(isLocked);
      if (!locked) return false;
      toasts.show({
        title: `Locked: ${LAYER_TITLES[locked]}`,
        action: { label: 'Unlock', run: () => (values.layers[locked].locked = false) },
      });
      return true;
    },
    toggle(name) {
      if (LOCKABLE_LAYERS.includes(name)) values.layers[name].locked = !values.layers[name].locked;
    },
  };
}
