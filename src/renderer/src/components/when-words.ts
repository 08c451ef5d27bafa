/** A moment as the history tells it: `27 Nov, 10:05`. @param at - milliseconds since 1970 */
export function whenWords(at: number): string {
  return new Date(at).toLocaleString('en-GB', {
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
  });
}
