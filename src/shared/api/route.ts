import type { z } from 'zod';

/**
 * One API route: everything the server validates and the client types. `input` is the query (GET) or JSON body;
 * `:id` in the path is a number. `output: 'bytes'` marks an octet-stream or image answer.
 */
export interface Route<P extends string, I extends z.ZodType, O extends z.ZodType | 'bytes'> {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  readonly path: P;
  readonly input: I;
  readonly output: O;
}

/** Keeps the literal path in the type, so that a route with `:id` is known to need one. */
export function route<const P extends string, I extends z.ZodType, O extends z.ZodType | 'bytes'>(
  r: Route<P, I, O>,
): Route<P, I, O> {
  return r;
}
