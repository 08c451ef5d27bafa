import { join } from 'node:path';
import type { Project } from '../store/open-project.ts';
import type { TrainingRunRow } from '../store/training-run-table.ts';

/** Folder of a fine-tuning: checkpoint, curve, candidate. */
export function runFolder(project: Pick<Project, 'dir'>, { folder }: Pick<TrainingRunRow, 'folder'>): string {
  return join(project.dir, 'training', 'runs', folder);
}
