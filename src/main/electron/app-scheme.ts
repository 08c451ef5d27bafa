import type { CustomScheme } from 'electron';

/** Origin of the window: a scheme of our own, so no port is opened and no other program can speak to it. */
export const APP_ORIGIN = 'app://tracewright';

/**
 * What the scheme may do: have an origin, be a secure context, be fetched, and stream. Nothing more: no CSP bypass, no
 * service workers, no CORS.
 */
export const APP_SCHEME: CustomScheme = {
  scheme: 'app',
  privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true },
};
