import { createHash } from 'node:crypto';
import { cpus, hostname, platform } from 'node:os';
import { z } from 'zod';
import type { ModelFile } from '../inference/model-file.ts';
import type { SettingTable } from '../store/setting-table.ts';
import { providerResult, type ProviderResult } from './provider-check.ts';
import manifest from '../../../package.json' with { type: 'json' };

/** Results of provider trials, kept in a project for each machine, model and version of ONNX Runtime. */
export interface ProviderResults {
  /** Null while they are not known. */
  get(model: ModelFile): readonly ProviderResult[] | null;
  set(model: ModelFile, results: readonly ProviderResult[]): void;
}

const stored = z.array(providerResult).min(1);

/** The results kept in a project's settings; what is damaged counts as not known. */
export function providerResults(settings: SettingTable): ProviderResults {
  const machine = [hostname(), cpus()[0]?.model ?? '', platform(), process.arch];
  const key = ({ sha256 }: ModelFile): string => {
    const what = JSON.stringify([manifest.dependencies['onnxruntime-node'], sha256, ...machine]);
    return `providers ${createHash('sha256').update(what).digest('hex').slice(0, 24)}`;
  };
  return {
    get: (model) => stored.safeParse(settings.get(key(model))).data ?? null,
    set: (model, results) => settings.set(key(model), results),
  };
}
