import type { LayerName } from '../canvas/layer-name.ts';
import type { EditTool } from './edit-tool.ts';

/**
 * The layers that a tool changes: it refuses while one of them is locked. A lead's path follows its mask, so tools that
 * paint need both. A tool that is not listed here works on traces.
 */
export function toolLayers(tool: EditTool): readonly LayerName[] {
  switch (tool) {
    case 'select':
      return [];
    case 'lead':
      return ['boxes'];
    case 'grid':
      return ['grid'];
    case 'text':
      return ['text'];
    case 'pin':
    case 'span':
      return ['traces'];
    default:
      return ['traces', 'masks'];
  }
}
