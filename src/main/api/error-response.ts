import type { AppError } from '../../shared/app-error.ts';
import { HTTP_STATUS } from './http-status.ts';
import { SECURITY_HEADERS } from './security-headers.ts';

/**
 * An error as the client reads it: `{ code, message }` with the status of its code. The cause stays on the server.
 *
 * @param status overrides the status of the code, e.g. 421 for a foreign `Host`
 */
export function errorResponse(error: AppError, status: number = HTTP_STATUS[error.code]): Response {
  return Response.json(
    { code: error.code, message: error.message },
    { status, headers: { ...SECURITY_HEADERS, 'cache-control': 'no-store' } },
  );
}
