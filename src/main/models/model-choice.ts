import { z } from 'zod';
import { modelChoice } from '../../shared/api/model-record.ts';
import type { SettingTable } from '../store/setting-table.ts';

const choice = z.object({
  model: modelChoice.catch('bundled'),
  mirror: z.boolean().catch(false),
  /** `auto`, or the name of an execution provider. */
  provider: z.string().catch('auto'),
});

/** How a project's pages are looked at. */
export type Choice = Readonly<z.infer<typeof choice>>;

/** Key of the choice among the settings. */
export const CHOICE_KEY = 'model';

/** The choice kept in a project; what is missing or damaged is as in a new one. */
export function readChoice(settings: SettingTable): Choice {
  return choice.catch({ model: 'bundled', mirror: false, provider: 'auto' }).parse(settings.get(CHOICE_KEY) ?? {});
}

export function writeChoice(settings: SettingTable, chosen: Choice): void {
  settings.set(CHOICE_KEY, chosen);
}
