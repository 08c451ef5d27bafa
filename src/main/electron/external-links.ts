/** Sites the workstation links to: citations and the home of the open ECG data it is measured on. */
const ALLOWED_HOSTS = new Set(['doi.org', 'physionet.org', 'www.electronjs.org']);

/** Whether a link may be handed to the person's own browser: https, an allowed host, no user name in it. */
export function isAllowedExternal(address: string): boolean {
  const url = URL.parse(address);
  return (
    url !== null &&
    url.protocol === 'https:' &&
    ALLOWED_HOSTS.has(url.host) &&
    url.username === '' &&
    url.password === ''
  );
}
