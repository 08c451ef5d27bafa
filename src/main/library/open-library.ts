import { realpath, stat } from 'node:fs/promises';
import { join, resolve, sep } from 'node:path';
import { Piscina } from 'piscina';
import { AppError, toAppError } from '../../shared/app-error.ts';
import type { Folder } from '../../shared/api/routes.ts';
import type { FoundFile, Inspection } from '../store/file-table.ts';
import type { Project } from '../store/open-project.ts';
import { listScans } from './list-scans.ts';
import { fileError } from './read-scan-file.ts';
import { syncFolder } from './sync-folder.ts';
import { watchFolder } from './watch-folder.ts';

/** The folders of a project, kept in line with the disk. */
export interface Library {
  /** Folders as the window shows them. */
  folders(): Folder[];
  /**
   * Adds a folder of scans and begins to read it; returns at once.
   *
   * @throws AppError `not-found`, `unreadable`, `usage` (not a folder, or already inside one of the project)
   */
  addFolder(path: string, options?: { readonly watch?: boolean }): Promise<Folder>;
  /** @throws AppError `not-found` */
  removeFolder(id: number): Promise<void>;
  /** Reads a folder again now; resolves when its files are stored (their content may still be looked at). */
  rescan(id: number): Promise<void>;
  /** Resolves when every folder is read and every new file's content was looked at. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

export interface LibraryOptions {
  /** Whether new pages go to the digitizer at once; true when absent. */
  readonly queue?: boolean;
  /** Called when a folder begins or ends being read. */
  readonly onChange?: () => void;
}

/** A file that changed this recently is still being written. */
const SETTLE_MS = 1500;
const INSPECT_BATCH = 64;
/** Files whose content is read at a time, so that one thread always has the next at hand. */
const INSPECT_AHEAD = 2;

/**
 * Opens the library of a project: reads every folder once in the background, then follows those that are watched.
 * Contents are hashed in a thread of their own.
 */
export function openLibrary(
  project: Project,
  { queue = true, onChange = () => {} }: LibraryOptions = {},
): Library {
  const pool = new Piscina<string, Inspection | null>({
    filename: new URL('./inspect-worker.ts', import.meta.url).href,
    minThreads: 0,
    maxThreads: 1,
    concurrentTasksPerWorker: INSPECT_AHEAD,
    idleTimeout: 5000,
  });
  const closing = new AbortController();
  const watchers = new Map<number, () => Promise<void>>();
  const reading = new Map<number, Promise<void>>();
  const again = new Set<number>();
  const unreadable = new Set<number>();
  let inspecting: Promise<void> | null = null;
  /** Problems the database could not take up, e.g. that the disk is full. */
  const unsaved = new Map<number, string>();
  const inspect = (path: string): Promise<Inspection | null> =>
    pool.run(path, { signal: closing.signal }).catch(() => {
      closing.signal.throwIfAborted();
      // The file brought its thread down: digitizing it will say why.
      return null;
    });
  const noteProblem = (id: number, message: string | null): void => {
    try {
      unsaved.delete(id);
      project.folders.setProblem(id, message);
    } catch (thrown) {
      unsaved.set(id, message ?? toAppError(thrown).message);
      onChange();
    }
  };

  const skipFor = (root: string): string[] => [
    project.dir,
    ...project.folders.list().flatMap(({ path }) => (path === root ? [] : [path])),
  ];

  const readOnce = async (id: number, settleMs: number): Promise<void> => {
    const { path } = project.folders.get(id);
    try {
      const listing = await listScans(path, { skip: skipFor(path), signal: closing.signal });
      const { unsettled } = await syncFolder({
        files: project.files,
        folderId: id,
        listing,
        inspect: (file: FoundFile) => inspect(join(path, file.relativePath)),
        settleMs,
        queue,
        signal: closing.signal,
      });
      if (unsettled) setTimeout(() => void read(id, SETTLE_MS), SETTLE_MS).unref();
      noteProblem(id, listing.problems[0]?.message ?? null);
    } catch (thrown) {
      if (closing.signal.aborted || !project.folders.list().some((folder) => folder.id === id)) return;
      noteProblem(id, toAppError(thrown).message);
    }
  };

  const read = (id: number, settleMs: number): Promise<void> => {
    const busy = reading.get(id);
    if (closing.signal.aborted) return Promise.resolve();
    if (busy) {
      again.add(id);
      return busy;
    }
    const work = (async () => {
      do {
        again.delete(id);
        if (!project.folders.list().some((folder) => folder.id === id)) break;
        await readOnce(id, settleMs);
      } while (again.has(id) && !closing.signal.aborted);
    })().finally(() => {
      reading.delete(id);
      onChange();
      void inspectNew();
    });
    reading.set(id, work);
    onChange();
    return work;
  };

  const inspectNew = (): Promise<void> => {
    if (closing.signal.aborted) return Promise.resolve();
    inspecting ??= inspectAll()
      // Closing, or a full disk: what was not looked at now is when the project is next opened.
      .catch(() => {})
      .finally(() => {
        inspecting = null;
      });
    return inspecting;
  };
  const inspectAll = async (): Promise<void> => {
    let after = 0;
    for (;;) {
      const batch = project.files.uninspected(after, INSPECT_BATCH);
      if (batch.length === 0) return;
      after = batch.at(-1)!.id;
      const roots = new Map(project.folders.list().map(({ id, path }) => [id, path]));
      const waiting = batch.filter(({ id }) => !unreadable.has(id));
      for (let i = 0; i < waiting.length; i += INSPECT_AHEAD) {
        await Promise.all(
          waiting.slice(i, i + INSPECT_AHEAD).map(async ({ id, folderId, relativePath }) => {
            const root = roots.get(folderId);
            const seen = root === undefined ? null : await inspect(join(root, relativePath));
            if (seen) project.files.recordInspection(id, seen);
            else unreadable.add(id);
          }),
        );
      }
    }
  };

  const follow = (id: number, path: string): void => {
    if (watchers.has(id)) return;
    const stop = watchFolder(path, {
      skip: skipFor(path),
      onChange: () => void read(id, SETTLE_MS),
      onError: (cause) => {
        if (!closing.signal.aborted) noteProblem(id, watchProblem(cause));
      },
    });
    watchers.set(id, stop);
  };

  const view = (id: number): Folder => {
    const folder = project.folders.get(id);
    return { ...folder, problem: unsaved.get(id) ?? folder.problem, scanning: reading.has(id) };
  };

  for (const { id, path, watching } of project.folders.list()) {
    if (watching) follow(id, path);
    void read(id, 0);
  }

  return {
    folders: () => project.folders.list().map(({ id }) => view(id)),
    async addFolder(path, { watch = true } = {}) {
      const real = await realFolder(path);
      const outer = project.folders.list().find((folder) => real.startsWith(folder.path + sep));
      if (outer) {
        throw new AppError('usage', `"${path}" is already part of the project: it lies in "${outer.path}".`);
      }
      if (real === project.dir) {
        throw new AppError(
          'usage',
          'The project folder itself holds no scans. Choose the folder with the scans.',
        );
      }
      const id = project.folders.add(real, { watch });
      if (watch) follow(id, real);
      void read(id, 0);
      return view(id);
    },
    async removeFolder(id) {
      project.folders.get(id);
      await watchers.get(id)?.();
      watchers.delete(id);
      project.folders.remove(id);
    },
    rescan: (id) => read(id, 0),
    async settled() {
      while (reading.size > 0 || inspecting) {
        await Promise.all([...reading.values()]);
        await inspecting;
      }
    },
    async close() {
      closing.abort();
      await Promise.all([...watchers.values()].map((stop) => stop()));
      await Promise.allSettled([...reading.values(), inspecting]);
      await pool.destroy();
    },
  };
}

async function realFolder(path: string): Promise<string> {
  try {
    const real = await realpath(resolve(path));
    if ((await stat(real)).isDirectory()) return real;
  } catch (cause) {
    throw fileError(path, cause);
  }
  throw new AppError('usage', `"${path}" is a file. Choose the folder it lies in.`);
}

function watchProblem(cause: unknown): string {
  const code = (cause as NodeJS.ErrnoException).code;
  return code === 'ENOSPC' || code === 'EMFILE'
    ? 'The system cannot watch so many folders: new scans appear when the project is opened again.'
    : `The folder can no longer be watched (${code ?? String(cause)}).`;
}
