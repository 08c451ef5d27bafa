import type { Models } from '../models/open-models.ts';
import type { Handlers } from './handlers.ts';

type ModelRoutes = 'models' | 'importModel' | 'removeModel' | 'chooseModel' | 'tryProviders';

/** Answers what is asked about models. Trials of execution providers run on; events tell of them. */
export function modelHandlers(models: Models): Pick<Handlers, ModelRoutes> {
  return {
    models: () => models.state(),
    importModel: ({ path }) => models.import(path),
    async removeModel({ id }) {
      await models.remove(id);
      return { ok: true };
    },
    chooseModel(change) {
      models.choose(change);
      if (change.model !== undefined) void models.checkProviders();
      return models.state();
    },
    tryProviders() {
      void models.checkProviders({ again: true });
      return { ok: true };
    },
  };
}
