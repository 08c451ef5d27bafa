import { AppError } from '../../shared/app-error.ts';
import type { App } from '../api/create-app.ts';
import { errorResponse } from '../api/error-response.ts';
import { SECURITY_HEADERS } from '../api/security-headers.ts';
import type { SessionTicket } from './session-ticket.ts';

export interface LoopbackGuardOptions {
  readonly app: App;
  /** Port the server listens on; the host is always 127.0.0.1. */
  readonly port: number;
  readonly ticket: SessionTicket;
}

/**
 * Lets only our own window reach the app. In this order: the `Host` must be ours exactly (421 stops DNS rebinding),
 * a sent `Origin` must be ours and writes must send one, `Sec-Fetch-Site` must say `same-origin` (`none`, a typed
 * address, only for the entry page), and the session cookie must be there. The entry page with a fresh token sets that
 * cookie and leads to `/`.
 */
export function guardLoopback({ app, port, ticket }: LoopbackGuardOptions): App {
  const host = `127.0.0.1:${port}`;
  const origin = `http://${host}`;
  // Cookies do not tell ports apart: the port in the name keeps two windows of Tracewright from evicting each other.
  const cookieName = `tracewright-${port}`;

  return async (request) => {
    const url = new URL(request.url);
    const isRead = request.method === 'GET' || request.method === 'HEAD';
    const isEntry = isRead && url.pathname === '/';

    if (request.headers.get('host') !== host) {
      return errorResponse(new AppError('forbidden', 'This address does not belong to Tracewright.'), 421);
    }
    const sentOrigin = request.headers.get('origin');
    if (sentOrigin === null ? !isRead : sentOrigin !== origin) {
      return refuse('The request comes from another site.');
    }
    const site = request.headers.get('sec-fetch-site');
    if (site !== 'same-origin' && !(site === 'none' && isEntry)) {
      return refuse('The request was not made by the Tracewright window.');
    }
    if (ticket.admits(cookie(request, cookieName))) {
      return isEntry && url.search !== '' ? enter() : app(request);
    }
    const token = url.searchParams.get('token');
    const secret = isEntry && token !== null ? ticket.redeem(token) : null;
    if (secret === null) {
      return refuse(
        'This address has been used or is not complete. Start Tracewright again to get a new one.',
      );
    }
    return enter(`${cookieName}=${secret}; HttpOnly; SameSite=Strict; Path=/`);
  };
}

function refuse(message: string): Response {
  return errorResponse(new AppError('forbidden', message));
}

/** Leads to the plain entry page, so that the token does not stay in the address bar. */
function enter(setCookie?: string): Response {
  const headers = new Headers({ ...SECURITY_HEADERS, location: '/', 'cache-control': 'no-store' });
  if (setCookie) headers.set('set-cookie', setCookie);
  return new Response(null, { status: 303, headers });
}

function cookie(request: Request, name: string): string {
  const pairs = (request.headers.get('cookie') ?? '').split('; ');
  return pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1) ?? '';
}
