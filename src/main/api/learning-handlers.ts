import type { Learning } from '../learning/open-learning.ts';
import type { Handlers } from './handlers.ts';

type LearningRoutes =
  | 'learning'
  | 'makeTrainingSet'
  | 'finetune'
  | 'pauseRun'
  | 'resumeRun'
  | 'cancelRun'
  | 'runCurve'
  | 'proveModel'
  | 'stopLearning'
  | 'promoteModel'
  | 'rollBackModel';

/** Answers what is asked about learning. What takes long is begun; events tell how it goes. */
export function learningHandlers(learning: Learning): Pick<Handlers, LearningRoutes> {
  return {
    learning: () => learning.state(),
    makeTrainingSet({ splitBy }) {
      learning.makeSet(splitBy);
      return learning.state();
    },
    async finetune({ set, settings }) {
      await learning.begin(set, settings);
      return learning.state();
    },
    pauseRun({ id }) {
      learning.pause(id);
      return learning.state();
    },
    async resumeRun({ id }) {
      await learning.resume(id);
      return learning.state();
    },
    cancelRun({ id }) {
      learning.cancel(id);
      return learning.state();
    },
    runCurve: ({ id }) => learning.curve(id),
    proveModel({ candidate }) {
      learning.prove(candidate);
      return learning.state();
    },
    stopLearning() {
      learning.stopActivity();
      return learning.state();
    },
    promoteModel({ candidate, reason }) {
      learning.promote(candidate, reason);
      return learning.state();
    },
    rollBackModel() {
      learning.rollBack();
      return learning.state();
    },
  };
}
