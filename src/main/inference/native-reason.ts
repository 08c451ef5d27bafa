const MOST_CHARACTERS = 240;

/** What native code says is wrong, as one sentence: without places in its sources and the conditions that it tested. */
export function nativeReason(thrown: unknown): string {
  const text = (thrown instanceof Error ? thrown.message : String(thrown)).replace(/\s+/g, ' ').trim();
  const said = text.replace(/^.* was false\. /, '').replace(/^\S+\.(cc|h|cpp):\d+ /, '');
  const short = said.length > MOST_CHARACTERS ? `${said.slice(0, MOST_CHARACTERS).trimEnd()}…` : said;
  return /[.!?…]$/.test(short) ? short : `${short || 'it does not say why'}.`;
}
