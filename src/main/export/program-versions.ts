import manifest from '../../../package.json' with { type: 'json' };

/** Names and versions of what produces a result, for the page report. */
export function programVersions(): Record<string, string> {
  return { tracewright: manifest.version, node: process.versions.node };
}
