import type { BytesAnswer } from './handlers.ts';

/**
 * Answers with bytes, or with 304 and no bytes made when the client's copy is the same.
 *
 * @param immutable whether the address changes with the content (built assets): the client need not ask again
 */
export async function bytesResponse(
  request: Request,
  answer: BytesAnswer,
  { immutable = false }: { readonly immutable?: boolean } = {},
): Promise<Response> {
  const headers = new Headers({ 'content-type': answer.contentType });
  if (answer.etag === null) {
    headers.set('cache-control', 'no-store');
  } else {
    headers.set('etag', `"${answer.etag}"`);
    headers.set('cache-control', immutable ? 'private, max-age=31536000, immutable' : 'private, no-cache');
    if (request.headers.get('if-none-match') === `"${answer.etag}"`) {
      return new Response(null, { status: 304, headers });
    }
  }
  const bytes = await answer.bytes();
  headers.set('content-length', String(bytes.byteLength));
  return new Response(bytes, { headers });
}
