import type { z } from 'zod';
import type { Fields, PathInput, RouteName, routes } from '../../shared/api/routes.ts';

type Routes = typeof routes;

/** Bytes to send, made only when the client's copy (told by `etag`) is out of date. */
export interface BytesAnswer {
  readonly contentType: string;
  /** Changes whenever the bytes would; null when they must not be cached. */
  readonly etag: string | null;
  bytes(): Promise<Uint8Array<ArrayBuffer>> | Uint8Array<ArrayBuffer>;
}

/** What a handler receives: the validated input, and the `id` of the path where there is one. */
export type HandlerInput<K extends RouteName> = Fields<z.output<Routes[K]['input']>> & PathInput<K>;

/** What a handler returns: the route's output, or bytes. */
export type HandlerOutput<K extends RouteName> = Routes[K]['output'] extends z.ZodType
  ? z.input<Routes[K]['output']>
  : BytesAnswer;

/** One function per route: forgetting one, or answering another shape, does not compile. */
export type Handlers = {
  readonly [K in RouteName]: (
    input: HandlerInput<K>,
    signal: AbortSignal,
  ) => HandlerOutput<K> | Promise<HandlerOutput<K>>;
};
