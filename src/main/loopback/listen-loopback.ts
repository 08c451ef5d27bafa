import { createAdaptorServer } from '@hono/node-server';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AppError } from '../../shared/app-error.ts';
import type { App } from '../api/create-app.ts';
import { errorResponse } from '../api/error-response.ts';
import { guardLoopback } from './guard-loopback.ts';
import { createSessionTicket } from './session-ticket.ts';

/** A running loopback server. */
export interface LoopbackServer {
  readonly port: number;
  /** Address that admits one browser, once. */
  readonly entryUrl: string;
  close(): Promise<void>;
}

/**
 * Serves the app on 127.0.0.1 to one browser that holds the entry address.
 *
 * @param options.port 0 (the default) lets the system pick a free one
 * @throws AppError `locked` when the asked port is taken
 */
export async function listenLoopback(
  app: App,
  options: { readonly port?: number } = {},
): Promise<LoopbackServer> {
  const ticket = createSessionTicket();
  let guarded: App = async () => errorResponse(new AppError('forbidden', 'Tracewright is starting.'));
  const server = createAdaptorServer({ fetch: (request) => guarded(request) }) as Server;
  const port = await new Promise<number>((resolve, reject) => {
    server.once('error', (cause) =>
      reject(new AppError('locked', `Port ${options.port} cannot be used: ${cause.message}`, { cause })),
    );
    // The guard needs the port; until it is in place every request is refused.
    server.listen(options.port ?? 0, '127.0.0.1', () => {
      const bound = (server.address() as AddressInfo).port;
      guarded = guardLoopback({ app, port: bound, ticket });
      resolve(bound);
    });
  });
  return {
    port,
    entryUrl: `http://127.0.0.1:${port}/?token=${ticket.token}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
