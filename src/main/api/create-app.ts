import { Hono, type Context } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { z } from 'zod';
import { routes, type RouteName } from '../../shared/api/routes.ts';
import { AppError, toAppError } from '../../shared/app-error.ts';
import { bytesResponse } from './bytes-response.ts';
import { errorResponse } from './error-response.ts';
import type { EventHub } from './event-hub.ts';
import type { BytesAnswer, Handlers } from './handlers.ts';
import { SECURITY_HEADERS } from './security-headers.ts';
import { staticFile } from './static-files.ts';

/** Largest request body: 100,000 page ids fit three times over. */
export const BODY_LIMIT_BYTES = 2 * 1024 * 1024;

export interface AppOptions {
  readonly handlers: Handlers;
  readonly events: EventHub;
  /** Folder of the built renderer. */
  readonly rendererRoot: string;
}

/** What a host calls with every request, after its own checks of who asks. */
export type App = (request: Request) => Promise<Response>;

/**
 * The whole of Tracewright behind one function: every route of `src/shared/api/routes.ts`, the event stream and the
 * built renderer. Both hosts serve this same function; neither adds routes.
 *
 * @example
 * const app = createApp({ handlers, events, rendererRoot: 'out/renderer' });
 * const response = await app(new Request('http://127.0.0.1/api/jobs'));
 */
export function createApp({ handlers, events, rendererRoot }: AppOptions): App {
  const app = new Hono();
  app.use(async (c, next) => {
    await next();
    for (const [name, value] of Object.entries(SECURITY_HEADERS)) c.res.headers.set(name, value);
  });
  app.use(
    '/api/*',
    bodyLimit({
      maxSize: BODY_LIMIT_BYTES,
      onError: () => {
        const response = errorResponse(
          new AppError('too-large', `The request is larger than ${BODY_LIMIT_BYTES} bytes.`),
        );
        // The rest of the body is not read, so the connection cannot carry another request.
        response.headers.set('connection', 'close');
        return response;
      },
    }),
  );
  for (const name of Object.keys(routes) as RouteName[]) {
    app.on(routes[name].method, routes[name].path, (c) => answer(c, name, handlers));
  }
  app.get('/api/events', () => {
    return new Response(events.connect(), {
      headers: { 'content-type': 'text/event-stream', 'cache-control': 'no-store' },
    });
  });
  app.all('/api/*', (c) => {
    throw new AppError('not-found', `There is no route ${c.req.method} ${c.req.path}.`);
  });
  app.get('*', async (c) => {
    const path = new URL(c.req.url).pathname;
    const immutable = path.startsWith('/assets/');
    return bytesResponse(c.req.raw, await staticFile(rendererRoot, path), { immutable });
  });
  app.notFound(() => errorResponse(new AppError('not-found', 'There is nothing at this address.')));
  app.onError((error) => errorResponse(toAppError(error)));
  return async (request) => app.fetch(request);
}

async function answer<K extends RouteName>(c: Context, name: K, handlers: Handlers): Promise<Response> {
  const route = routes[name];
  const id = route.path.includes('/:id') ? { id: pageId(c.req.param('id')) } : {};
  const raw = route.method === 'GET' ? c.req.query() : await jsonBody(c);
  const input = (route.input as z.ZodType).safeParse(raw);
  if (!input.success) throw new AppError('usage', inWords(input.error));
  const handler = handlers[name] as (input: unknown, signal: AbortSignal) => unknown;
  const output = await handler({ ...(input.data as object), ...id }, c.req.raw.signal);
  if (route.output === 'bytes') return bytesResponse(c.req.raw, output as BytesAnswer);
  return Response.json(output, { headers: { 'cache-control': 'no-store' } });
}

function pageId(text: string | undefined): number {
  if (!text || !/^[1-9]\d{0,14}$/.test(text)) throw new AppError('usage', `"${text}" is not an id.`);
  return Number(text);
}

async function jsonBody(c: Context): Promise<unknown> {
  const text = await c.req.text();
  if (text === '') return {};
  if (!c.req.header('content-type')?.startsWith('application/json')) {
    throw new AppError('usage', 'The body must be JSON and say so.');
  }
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new AppError('usage', 'The body is not valid JSON.', { cause });
  }
}

function inWords(error: z.ZodError): string {
  return error.issues.map((issue) => `${issue.path.join('.') || 'input'}: ${issue.message}`).join('; ');
}
