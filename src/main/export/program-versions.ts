import { pageModelWords, type PageModel } from '../inference/page-model.ts';
import manifest from '../../../package.json' with { type: 'json' };

/** Names and versions of what produces a result, the model that looked at the page included, for the page report. */
export function programVersions(model: PageModel | null = null): Record<string, string> {
  const program = { tracewright: manifest.version, node: process.versions.node };
  return model ? { ...program, model: pageModelWords(model) } : program;
}
