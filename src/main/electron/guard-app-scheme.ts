import { AppError } from '../../shared/app-error.ts';
import type { App } from '../api/create-app.ts';
import { errorResponse } from '../api/error-response.ts';
import { APP_ORIGIN } from './app-scheme.ts';

/** Lets only our own window reach the app: its exact origin as address, and as `Origin` where one is sent. */
export function guardAppScheme(app: App): App {
  return async (request) => {
    const url = new URL(request.url);
    // `URL.origin` of a custom scheme is the text "null", so scheme and host are compared themselves.
    if (`${url.protocol}//${url.host}` !== APP_ORIGIN) {
      return errorResponse(new AppError('forbidden', 'This address does not belong to Tracewright.'), 421);
    }
    const origin = request.headers.get('origin');
    if (origin !== null && origin !== APP_ORIGIN) {
      return errorResponse(new AppError('forbidden', 'The request comes from another site.'));
    }
    return app(request);
  };
}
