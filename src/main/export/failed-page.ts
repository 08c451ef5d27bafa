import type { Digitization } from '../../core/digitization.ts';
import type { Raster } from '../../core/image/raster.ts';
import type { AppError } from '../../shared/app-error.ts';

/** The digitization of a page that could not even be started on: nothing found, and why. */
export function failedPage({ code, message }: AppError, raster: Raster | null): Digitization {
  return {
    status: 'failed',
    confidence: 0,
    imageWidth: raster?.width ?? 0,
    imageHeight: raster?.height ?? 0,
    rectification: null,
    layout: null,
    paths: [],
    signals: [],
    findings: [],
    stages: [],
    reasons: [{ code, severity: 'error', message }],
  };
}
