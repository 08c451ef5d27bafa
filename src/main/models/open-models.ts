import { rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { ModelChange, ModelEntry, ModelKey, ModelsState } from '../../shared/api/model-record.ts';
import { AppError, toAppError } from '../../shared/app-error.ts';
import { findBundledModel } from '../inference/find-bundled-model.ts';
import { modelFileOf, type ModelFile } from '../inference/model-file.ts';
import type { PageModel } from '../inference/page-model.ts';
import { habitsOfCard } from '../learning/habits-of-pages.ts';
import type { ModelRow } from '../store/model-table.ts';
import type { Project } from '../store/open-project.ts';
import { importModel } from './import-model.ts';
import { readChoice, writeChoice, type Choice } from './model-choice.ts';
import { modelFacts } from './model-facts.ts';
import { createModelProblems } from './model-problem.ts';
import { createModelTrials, type ModelTrialsOptions } from './model-trials.ts';
import { checkProviders, type ProviderResult } from './provider-check.ts';
import { chooseProvider } from './choose-provider.ts';
import { providerResults } from './provider-results.ts';

/** The models of a project, and how its pages are looked at. */
export interface Models {
  state(): Promise<ModelsState>;
  /** See `importModel`; one after the other. */
  import(path: string): Promise<{ readonly key: ModelKey; readonly known: boolean }>;
  /**
   * Removes an imported model and its file; when it was the chosen one, the one that comes with the program is.
   *
   * @throws AppError `not-found`; `locked` while pages are being digitized with it
   */
  remove(id: number): Promise<void>;
  /** Holds from the next page on. @throws AppError `not-found`; `usage` for a provider that is not usable */
  choose(change: ModelChange): void;
  /** Tries the execution providers with the chosen model, again with `again`; they are told by events. */
  checkProviders(options?: { readonly again?: boolean }): Promise<void>;
  /** All its model files by digest, and under `bundled` the one that comes with the program. */
  files(): ReadonlyMap<string, ModelFile>;
  /** What looks at the next page; null: nothing. */
  pageModel(): PageModel | null;
  /** Ends trials that run. */
  close(): Promise<void>;
}

export interface ModelsOptions extends Omit<ModelTrialsOptions, 'signal'> {
  /** Folder of the models that come with the program; that of the sources when absent. */
  readonly bundledFolder?: string;
  /** Whether a page is being digitized with this model file. */
  readonly isUsing: (modelPath: string) => boolean;
  /** Called when what `state` tells has changed, other than by a transaction of the project. */
  readonly onChange: () => void;
}

/** Opens the models of a project. Nothing is loaded or tried yet. */
export async function openModels(project: Project, options: ModelsOptions): Promise<Models> {
  const { isUsing, onChange } = options;
  const { settings, models: table } = project;
  const folder = join(project.dir, 'models');
  const closing = new AbortController();
  const trials = createModelTrials({ ...options, signal: closing.signal });
  const problemOf = createModelProblems();
  const results = providerResults(settings);
  const bundled = await findBundledModel(options.bundledFolder);
  let importing: Promise<unknown> = Promise.resolve();
  let check: { readonly model: ModelFile; readonly found: ProviderResult[]; done: Promise<void> } | null = null;
  let failed: { readonly sha256: string; readonly message: string } | null = null;

  /** The choice; a model that is not there leaves its place to the one that comes with the program. */
  const chosen = (): Choice => {
    const choice = readChoice(settings);
    const isThere = typeof choice.model === 'string' || table.list().some(({ id }) => id === choice.model);
    return isThere ? choice : { ...choice, model: 'bundled' };
  };

  const bundledFile = bundled && modelFileOf(bundled.path, basename(bundled.path), bundled.card.sha256);

  const fileOf = ({ file, name, sha256, card }: ModelRow): ModelFile => ({
    ...modelFileOf(join(folder, file), name, sha256),
    habits: habitsOfCard(card),
    general: bundledFile,
  });

  const chosenFile = (): ModelFile | null => {
    const { model } = chosen();
    if (model === 'none') return null;
    if (model === 'bundled') return bundledFile;
    return fileOf(table.get(model));
  };

  const bundledEntry = async (): Promise<ModelEntry[]> => {
    if (!bundled) return [];
    const { path, card } = bundled;
    const bytes = (await stat(path).catch(() => null))?.size ?? 0;
    const lost = await problemOf(path, { sha256: card.sha256, bytes });
    const problem = lost && `${lost} Install the program again; until then pages are read without it.`;
    const none = { source: null, addedAt: null };
    return [
      { key: 'bundled', name: basename(path), bytes, sha256: card.sha256, facts: modelFacts(card), ...none, problem },
    ];
  };

  const runCheck = async (model: ModelFile, found: ProviderResult[]): Promise<void> => {
    try {
      const all = await checkProviders(model, trials, (result) => {
        found.push(result);
        onChange();
      });
      results.set(model, all);
    } catch (thrown) {
      const { code, message } = toAppError(thrown);
      if (code !== 'cancelled') failed = { sha256: model.sha256, message };
    } finally {
      check = null;
      if (!closing.signal.aborted) onChange();
    }
  };

  return {
    async state() {
      const imported = table.list().map(async ({ id, card, file, ...row }): Promise<ModelEntry> => {
        const { name, bytes, sha256, source, addedAt } = row;
        const lost = await problemOf(join(folder, file), row);
        const problem = lost && `${lost} Import it again; until then pages are read without it.`;
        return { key: id, name, bytes, sha256, facts: modelFacts(card), source, addedAt, problem };
      });
      const models = [...(await bundledEntry()), ...(await Promise.all(imported))];
      const { model: choice, mirror, provider } = chosen();
      const file = chosenFile();
      const known = file && results.get(file);
      const mine = file && check?.model.sha256 === file.sha256 ? check : null;
      const { running, why } = chooseProvider(provider, known);
      return {
        choice,
        mirror,
        models,
        provider,
        running: file && running,
        why: file ? why : 'No model looks at the pages.',
        providers: newest(mine?.found ?? [], known ?? []).map((result) => ({
          ...result,
          state: result.reason === null ? 'usable' : 'unusable',
        })),
        checking: mine !== null,
        providerProblem: file && failed?.sha256 === file.sha256 ? failed.message : null,
      };
    },
    import(path) {
      const mine = importing.then(async () => {
        const answer = await importModel(path, { table, folder, trials, bundledSha256: bundled?.card.sha256 ?? null });
        // It may have brought back what the trials missed.
        failed = null;
        return answer;
      });
      importing = mine.catch(() => {});
      return mine;
    },
    async remove(id) {
      const { file, name } = table.get(id);
      const path = join(folder, file);
      if (isUsing(path)) {
        const words = `Pages are being digitized with "${name}". Choose another model and try again when they are done.`;
        throw new AppError('locked', words);
      }
      const choice = chosen();
      if (choice.model === id) writeChoice(settings, { ...choice, model: 'bundled' });
      table.remove(id);
      await rm(path, { force: true }).catch(() => {});
    },
    choose(change) {
      const before = chosen();
      if (typeof change.model === 'number') table.get(change.model);
      const { model = before.model, mirror = before.mirror, provider = before.provider } = change;
      if (change.provider !== undefined && provider !== 'auto' && provider !== 'cpu') {
        const file = chosenFile();
        const result = file && results.get(file)?.find(({ name }) => name === provider);
        if (!result) throw new AppError('usage', `"${provider}" was not tried yet, so it cannot be chosen.`);
        if (result.reason !== null) {
          throw new AppError('usage', `"${provider}" cannot be used here. ${result.reason}`);
        }
      }
      writeChoice(settings, { model, mirror, provider });
      onChange();
    },
    async checkProviders({ again = false } = {}) {
      const model = chosenFile();
      if (!model || closing.signal.aborted) return;
      // Another model's trials are let to their end: they are kept, too.
      while (check) {
        if (check.model.sha256 === model.sha256) return check.done;
        await check.done;
      }
      if (!again && results.get(model)) return;
      failed = null;
      const found: ProviderResult[] = [];
      check = { model, found, done: Promise.resolve() };
      check.done = runCheck(model, found);
      const { done } = check;
      onChange();
      await done;
    },
    files() {
      const own = bundledFile;
      const imported = table.list().map(fileOf);
      return new Map([
        ...(own ? ([['bundled', own], [own.sha256, own]] as const) : []),
        ...imported.map((one) => [one.sha256, one] as const),
      ]);
    },
    pageModel() {
      const file = chosenFile();
      if (!file) return null;
      const { mirror, provider } = chosen();
      return { ...file, mirror, provider: chooseProvider(provider, results.get(file)).running };
    },
    async close() {
      closing.abort();
      await Promise.all([check?.done, importing]);
    },
  };
}

/** What was found just now, and before that of those whose trial is to come. */
function newest(found: readonly ProviderResult[], known: readonly ProviderResult[]): ProviderResult[] {
  return [...found, ...known.filter(({ name }) => !found.some((one) => one.name === name))];
}
