import { decodeEvidence } from '../../../core/edit/page-evidence.ts';

// A thread of its own: unpacking the ink of a 300-dpi page takes half a second.
self.onmessage = ({ data }: MessageEvent<{ readonly id: number; readonly bytes: Uint8Array }>): void => {
  try {
    const evidence = decodeEvidence(data.bytes);
    const { coverage, certainty, stroke } = evidence.ink;
    const transfer = [coverage, certainty, stroke].map((raster) => raster.data.buffer);
    transfer.push(evidence.darkness.buffer);
    self.postMessage({ id: data.id, evidence }, { transfer });
  } catch (thrown) {
    self.postMessage({ id: data.id, problem: thrown instanceof Error ? thrown.message : String(thrown) });
  }
};
