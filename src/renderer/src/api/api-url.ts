import { routes, type RouteName } from '../../../shared/api/routes.ts';

/** Values a path placeholder or query may take. */
export type Query = Readonly<Record<string, string | number | boolean | null | undefined>>;

/**
 * Address of a route with `:id` and the query filled in; absent values are left out. Use it for `<img src>`.
 *
 * @example
 * apiUrl('pageImage', { id: 7, reduce: '2' }) // '/api/pages/7/image?reduce=2'
 */
export function apiUrl(name: RouteName, values: Query = {}): string {
  const query = new URLSearchParams();
  let path: string = routes[name].path;
  for (const [key, value] of Object.entries(values)) {
    if (value === undefined || value === null) continue;
    if (path.includes(`/:${key}`)) path = path.replace(`:${key}`, encodeURIComponent(String(value)));
    else query.set(key, String(value));
  }
  return query.size === 0 ? path : `${path}?${query}`;
}
