import type { Page } from 'playwright-core';
import { acceptedProject, drawnScan } from '../fixtures/accepted-project.ts';
import { TINY_FINETUNE } from '../fixtures/tiny-finetune.ts';
import type { View } from './view.ts';

const step = (name: string) => async (page: Page) => {
  await page.keyboard.press('Control+Shift+L');
  await page.getByRole('tab', { name }).click();
};
const node = (name: RegExp) => async (page: Page) => {
  await step('Lineage')(page);
  await page
    .getByRole('group', { name: /^Lineage/ })
    .getByRole('button', { name })
    .click();
};

/** Views of a project that learnt twice, and tried a third time. */
export const LEARNING_VIEWS: readonly View[] = [
  { name: 'learn-sets', show: step('1 Training set') },
  { name: 'learn-runs', show: step('2 Fine-tune') },
  { name: 'learn-proof', show: step('3 Proof and promotion') },
  { name: 'lineage', show: node(/^Model second-2/) },
  { name: 'lineage-run', show: node(/^Fine-tuning 2/) },
  { name: 'lineage-set', show: node(/5 pages/) },
];

/** A project in `folder` whose pages are accepted, so that it can learn. */
export async function learningProject(folder: string): Promise<void> {
  const scans = Object.fromEntries(
    await Promise.all(
      [1, 2, 3, 4, 5].map(async (seed) => [`page-${seed}.png`, await drawnScan(seed)] as const),
    ),
  );
  const project = acceptedProject(folder, scans);
  // It is accepted between the two sets.
  project.reviews.change(project.pages.ids().at(-1)!, { state: 'open', milliseconds: 0 }, 'Ada');
  project.close();
}

/** Makes two sets and three models of them, proves and promotes the first, and leaves the third unfinished. */
export async function learnTwice(page: Page): Promise<void> {
  await page.evaluate(async (tiny) => {
    interface State {
      readonly sets: readonly { readonly hash: string }[];
      readonly runs: readonly {
        readonly id: number;
        readonly state: string;
        readonly candidate: string | null;
      }[];
      readonly activity: unknown;
    }
    const ask = async (path: string, body?: unknown): Promise<State> => {
      const headers = { 'content-type': 'application/json' };
      const answer = await fetch(
        path,
        body === undefined
          ? {}
          : { method: path.endsWith('/review') ? 'PATCH' : 'POST', body: JSON.stringify(body), headers },
      );
      if (!answer.ok) throw new Error(await answer.text());
      return (await answer.json()) as State;
    };
    const rest = async (): Promise<State> => {
      for (;;) {
        const state = await ask('/api/learning');
        if (state.activity === null && state.runs.every((run) => run.state !== 'running')) {
          if (state.runs.some((run) => run.state === 'failed')) throw new Error(JSON.stringify(state.runs));
          return state;
        }
        await new Promise((later) => setTimeout(later, 200));
      }
    };
    const learn = async (set: string, name: string, steps: number): Promise<State> => {
      const validation = { ...tiny.validation, everySteps: 4 };
      await ask('/api/learning/runs', { set, settings: { ...tiny, name, steps, validation } });
      return rest();
    };
    await ask('/api/learning/sets', { splitBy: 'patient' });
    const { sets } = await rest();
    const set = sets[0]!.hash;
    const { runs } = await learn(set, 'first', 24);
    const candidate = runs[0]!.candidate!;
    await ask('/api/learning/proofs', { candidate });
    await rest();
    await ask('/api/learning/promotions', { candidate, reason: 'It reads the dotted prints of ward 7' });
    const pages = (await (await fetch('/api/page-ids?sort=name&descending=false')).json()) as {
      ids: number[];
    };
    await ask(`/api/pages/${pages.ids.at(-1)!}/review`, { state: 'accepted' });
    await ask('/api/learning/sets', { splitBy: 'patient' });
    await rest();
    const newest = (await ask('/api/learning')).sets[0]!.hash;
    const second = (await learn(newest, 'second', 32)).runs[0]!.candidate!;
    await ask('/api/learning/proofs', { candidate: second });
    await rest();
    await ask('/api/learning/runs', {
      set,
      settings: { ...tiny, name: 'third', steps: 4000, validation: { ...tiny.validation, patience: 900 } },
    });
    await new Promise((later) => setTimeout(later, 6000));
    const third = (await ask('/api/learning')).runs[0]!.id;
    await ask(`/api/learning/runs/${third}/pause`, {});
  }, TINY_FINETUNE);
}
