import { z } from 'zod';
import { curvePoint, learningState, splitBy } from './learning-record.ts';
import { route } from './route.ts';

const none = z.object({});

/** What is asked about training sets, fine-tuning, proofs and promotions. */
export const learningRoutes = {
  learning: route({ method: 'GET', path: '/api/learning', input: none, output: learningState }),
  /** Begins a training set of the pages that are accepted now; `learning` events tell how far it is. */
  makeTrainingSet: route({
    method: 'POST',
    path: '/api/learning/sets',
    input: z.object({ splitBy: splitBy.default('patient') }),
    output: learningState,
  }),
  /** Begins a fine-tuning of the model in use, or goes on with one; settings as in docs/learning.md. */
  finetune: route({
    method: 'POST',
    path: '/api/learning/runs',
    input: z.object({
      set: z.string().regex(/^[0-9a-f]{64}$/),
      settings: z.record(z.string(), z.unknown()).default({}),
    }),
    output: learningState,
  }),
  pauseRun: route({
    method: 'POST',
    path: '/api/learning/runs/:id/pause',
    input: none,
    output: learningState,
  }),
  resumeRun: route({
    method: 'POST',
    path: '/api/learning/runs/:id/resume',
    input: none,
    output: learningState,
  }),
  cancelRun: route({
    method: 'POST',
    path: '/api/learning/runs/:id/cancel',
    input: none,
    output: learningState,
  }),
  runCurve: route({
    method: 'GET',
    path: '/api/learning/runs/:id/curve',
    input: none,
    output: z.array(curvePoint),
  }),
  /** Begins to compare a model with the one in use. */
  proveModel: route({
    method: 'POST',
    path: '/api/learning/proofs',
    input: z.object({ candidate: z.string().regex(/^[0-9a-f]{64}$/) }),
    output: learningState,
  }),
  /** Ends the making of a training set, or a proof. */
  stopLearning: route({ method: 'POST', path: '/api/learning/stop', input: none, output: learningState }),
  /** Uses a model that its proof allows, or for the reason stated; untouched pages are then digitized again. */
  promoteModel: route({
    method: 'POST',
    path: '/api/learning/promotions',
    input: z.object({
      candidate: z.string().regex(/^[0-9a-f]{64}$/),
      reason: z.string().max(400).default(''),
    }),
    output: learningState,
  }),
  rollBackModel: route({
    method: 'POST',
    path: '/api/learning/roll-back',
    input: none,
    output: learningState,
  }),
} as const;
