import { AppError } from '../../shared/app-error.ts';

/**
 * Why a task ended without a result.
 * - `stopped`: from outside
 * - `timeout`: it took longer than its limit
 * - `died`: its process ended
 * - `threw`: it failed inside its process
 * - `not-started`: no process could be started for it
 */
export type StopReason = 'stopped' | 'timeout' | 'died' | 'threw' | 'not-started';

/** Thrown by `ProcessPool.run`. */
export class TaskStopped extends AppError {
  readonly reason: StopReason;

  constructor(reason: StopReason, message: string) {
    super(reason === 'stopped' ? 'cancelled' : 'internal', message);
    this.reason = reason;
  }
}
