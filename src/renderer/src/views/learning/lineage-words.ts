import type {
  CandidateModel,
  LearningState,
  TrainingRunRecord,
} from '../../../../shared/api/learning-record.ts';
import { gainWords } from './learning-words.ts';
import type { LineageNode } from './lineage.ts';

/** How a model stands towards the one in use, in short. */
export function modelStateWords({ inUse, proof, origin, addedAt }: CandidateModel): string {
  if (inUse) return 'in use';
  if (proof) {
    const { folders, allowed } = proof.report;
    const pages = folders.reduce((sum, folder) => sum + folder.pages, 0);
    const gain = folders.reduce((sum, folder) => sum + folder.pages * folder.differenceDb.mean, 0) / pages;
    return pages > 0 ? `${gainWords(gain)}, ${allowed ? 'proven better' : 'not better'}` : 'not better';
  }
  if (origin) return 'not proven';
  return addedAt === null ? 'comes with the program' : 'imported';
}

/** Where a fine-tuning stands, in two or three words. */
export function runStateWords({ state, progress, steps }: TrainingRunRecord): string {
  if (state === 'running') return progress ? `step ${progress.step} of ${steps}` : 'beginning';
  return state;
}

/** What stands below the title of a node. */
export function nodeWords(node: LineageNode, state: LearningState): string {
  if (node.gone) return 'not in the project';
  switch (node.kind) {
    case 'model':
      return modelStateWords(state.models.find(({ sha256 }) => sha256 === node.id)!);
    case 'run':
      return runStateWords(state.runs.find(({ id }) => String(id) === node.id)!);
    case 'set': {
      const { pages, changedPages } = state.sets.find(({ hash }) => hash === node.id)!.figures;
      const all = pages.train + pages.validation + pages.locked;
      return `${all} ${all === 1 ? 'page' : 'pages'}, ${changedPages} corrected`;
    }
  }
}

/**
 * Settings as rows of a table; what lies in others gets its path.
 *
 * @example
 * settingRows({ steps: 300, rate: { peak: 0.001 } }) // [['steps', '300'], ['rate.peak', '0.001']]
 */
export function settingRows(settings: Readonly<Record<string, unknown>>): [name: string, value: string][] {
  return Object.entries(settings).flatMap(([name, value]): [string, string][] => {
    if (value === null || value === undefined) return [[name, '–']];
    if (Array.isArray(value)) return [[name, value.length === 0 ? 'none' : value.join(', ')]];
    if (typeof value !== 'object') return [[name, String(value)]];
    return settingRows(value as Record<string, unknown>).map(([inner, words]) => [`${name}.${inner}`, words]);
  });
}
