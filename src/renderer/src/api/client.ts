import type { z } from 'zod';
import { AppError, ERROR_CODES, type ErrorCode } from '../../../shared/app-error.ts';
import { routes, type Fields, type PathInput, type RouteName } from '../../../shared/api/routes.ts';
import { apiUrl, type Query } from './api-url.ts';

type Routes = typeof routes;

/** What a call takes: the route's input, and `id` where its path has one. */
export type CallInput<K extends RouteName> = Fields<z.input<Routes[K]['input']>> & PathInput<K>;

/** What a call resolves to: the route's output, or bytes. */
export type CallOutput<K extends RouteName> = Routes[K]['output'] extends z.ZodType
  ? z.output<Routes[K]['output']>
  : Uint8Array<ArrayBuffer>;

/**
 * Calls a route of the API of our own origin.
 *
 * @param name route in `src/shared/api/routes.ts`
 * @param input query, body and `id` together
 * @throws AppError with the code and the sentence the server gave; `unreadable` when the server cannot be reached,
 * `cancelled` when `signal` stopped the call
 * @example
 * const { ids } = await call('pageIds', { sort: 'name' });
 * const traces = decodeTraces(await call('pageTraces', { id: ids[0]! }));
 */
export async function call<K extends RouteName>(
  name: K,
  input: CallInput<K>,
  options: { readonly signal?: AbortSignal } = {},
): Promise<CallOutput<K>> {
  const route = routes[name];
  const { id, ...rest } = input as Record<string, unknown>;
  const inQuery = route.method === 'GET';
  const response = await send(apiUrl(name, (inQuery ? input : { id }) as Query), {
    method: route.method,
    signal: options.signal ?? null,
    ...(inQuery ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(rest) }),
  });
  if (!response.ok) throw await errorOf(response);
  const answer = route.output === 'bytes' ? await response.bytes() : await response.json();
  return answer as CallOutput<K>;
}

async function send(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, init);
  } catch (cause) {
    if (init.signal?.aborted) throw new AppError('cancelled', 'The request was cancelled.', { cause });
    throw new AppError('unreadable', 'Tracewright does not answer; it may have been closed.', { cause });
  }
}

async function errorOf(response: Response): Promise<AppError> {
  const body = (await response.json().catch(() => null)) as { code?: string; message?: string } | null;
  const code = ERROR_CODES.find((known) => known === body?.code) ?? ('internal' satisfies ErrorCode);
  return new AppError(code, body?.message ?? `The server answered ${response.status}.`);
}
