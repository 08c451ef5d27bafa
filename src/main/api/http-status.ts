import type { ErrorCode } from '../../shared/app-error.ts';

/** HTTP status of every way in which Tracewright can refuse work: the one place where codes meet statuses. */
export const HTTP_STATUS: Readonly<Record<ErrorCode, number>> = {
  usage: 400,
  'not-found': 404,
  unreadable: 422,
  unsupported: 415,
  corrupt: 422,
  'too-large': 413,
  locked: 423,
  conflict: 409,
  'no-ecg': 422,
  storage: 507,
  forbidden: 403,
  cancelled: 499,
  internal: 500,
};
