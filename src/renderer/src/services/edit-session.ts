import { unpackDigitization } from '../../../core/page-view/pack-digitization.ts';
import { createPageEditor, type EditResult, type PageEditor } from '../../../core/edit/page-editor.ts';
import type { EditStackRecord } from '../../../shared/api/edit-record.ts';
import { type AppError, toAppError } from '../../../shared/app-error.ts';
import { fromBase64 } from '../../../shared/edit/base64.ts';
import { fromWire, toWire } from '../../../shared/edit/wire-change.ts';
import { call } from '../api/client.ts';
import { pageClock } from './page-clock.ts';
import { readEvidence } from './read-evidence.ts';

/** What can be taken back or done again next, in words; null for nothing. */
export interface EditStack {
  readonly undo: string | null;
  readonly redo: string | null;
  /** Whether what is older than what can be taken back was merged. */
  readonly merged: boolean;
}

/** How saving goes. */
export interface SaveState extends EditStack {
  /** Actions on their way to the project. */
  readonly waiting: number;
  /** Why they do not arrive, in words; they are sent again until they do. */
  readonly problem: string | null;
}

/** A page open for correction, and the way its corrections take into the project. */
export interface EditSession {
  readonly pageId: number;
  /** Whose corrections these are: '' for the page's own. */
  readonly reader: string;
  readonly editor: PageEditor;
  /** Count of actions in the project as far as known here. */
  revision(): number;
  state(): SaveState;
  /** Sends an action that was carried out already. */
  commit(tool: string, label: string, result: EditResult): void;
  /** Takes the last action back once everything before it is saved; what it changed, or null. */
  undo(): Promise<{ readonly label: string; readonly result: EditResult } | null>;
  redo(): Promise<{ readonly label: string; readonly result: EditResult } | null>;
  /** Brings the page back to where it was after an entry of its history, null: before the first. */
  restore(entryId: number | null): Promise<{ readonly label: string; readonly result: EditResult } | null>;
  /** Resolves when everything is saved. */
  settled(): Promise<void>;
}

export interface EditSessionOptions {
  readonly signal: AbortSignal;
  readonly window: string;
  readonly onState: (state: SaveState) => void;
  /** The project refuses what was done here (it was changed elsewhere): the page has to be opened anew. */
  readonly onRefused: (error: AppError) => void;
}

const RETRY_MS = 1000;

function stackOf({ undo, redo, merged }: EditStackRecord): EditStack {
  return { undo: undo?.label ?? null, redo: redo?.label ?? null, merged };
}

interface Job {
  readonly run: () => Promise<void>;
}

/** Opens a page for correction: three requests side by side. @throws AppError when the page cannot be corrected */
export async function openEditSession(pageId: number, options: EditSessionOptions): Promise<EditSession> {
  const { signal } = options;
  const [reading, edits, ink] = await Promise.all([
    call('pageReading', { id: pageId }, { signal }),
    call('edits', { id: pageId }, { signal }),
    call('pageEvidence', { id: pageId }, { signal }),
  ]);
  const documents = new Map(edits.documents.map(({ key, value }) => [key, fromBase64(value)]));
  const editor = createPageEditor(unpackDigitization(reading), documents, await readEvidence(ink));
  let { revision } = edits;
  let stack: EditStack = stackOf(edits);
  let problem: string | null = null;
  let refused = false;
  const jobs: Job[] = [];
  let running: Promise<void> | null = null;

  const state = (): SaveState => ({ ...stack, waiting: jobs.length, problem });
  const tell = (): void => options.onState(state());

  /** Sends until the project answers; only a refusal ends it. */
  async function insist(work: () => Promise<void>): Promise<void> {
    while (!refused) {
      try {
        await work();
        problem = null;
        return;
      } catch (thrown) {
        const error = toAppError(thrown);
        if (error.code !== 'unreadable' && error.code !== 'storage') {
          refused = true;
          jobs.length = 0;
          options.onRefused(error);
          throw error;
        }
        problem = error.message;
        tell();
        await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
      }
    }
  }

  async function drain(): Promise<void> {
    try {
      while (jobs.length > 0) {
        await insist(jobs[0]!.run);
        jobs.shift();
        tell();
      }
    } catch {
      // Whoever asked hears of the refusal by `onRefused`.
    } finally {
      running = null;
      tell();
    }
  }

  function enqueue(run: () => Promise<void>): void {
    jobs.push({ run });
    tell();
    running ??= drain();
  }

  type Step = 'undoEdit' | 'redoEdit' | 'restoreEdit';
  function step(route: Step, entryId: number | null = null): ReturnType<EditSession['undo']> {
    return new Promise((resolve) => {
      if (refused) return resolve(null);
      enqueue(async () => {
        const has = { undoEdit: stack.undo, redoEdit: stack.redo, restoreEdit: 'always' }[route];
        if (has === null) return resolve(null);
        const from = { id: pageId, revision, reader: edits.reader, window: options.window };
        const answer = await (route === 'restoreEdit'
          ? call(route, { ...from, entryId })
          : call(route, from));
        revision = answer.revision;
        stack = stackOf(answer);
        resolve({ label: answer.label, result: editor.apply(answer.changes.map(fromWire)) });
      });
    });
  }

  tell();
  return {
    pageId,
    reader: edits.reader,
    editor,
    revision: () => revision,
    state,
    commit(tool, label, { changes }) {
      if (changes.length === 0 || refused) return;
      const milliseconds = pageClock.take();
      stack = { undo: label, redo: null, merged: stack.merged };
      const wire = changes.map(toWire);
      enqueue(async () => {
        const answer = await call('commitEdit', {
          id: pageId,
          revision,
          reader: edits.reader,
          window: options.window,
          tool,
          label,
          milliseconds,
          changes: wire,
        });
        revision = answer.revision;
        if (jobs.length <= 1) stack = stackOf(answer);
      });
    },
    undo: () => step('undoEdit'),
    redo: () => step('redoEdit'),
    restore: (entryId) => step('restoreEdit', entryId),
    async settled() {
      while (running) await running;
    },
  };
}
