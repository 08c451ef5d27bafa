import { expect, test } from 'vitest';
import { pageModelWords } from './page-model.ts';

test('only what differs from the usual is told', () => {
  const model = { path: '/m/a.onnx', version: 'a.onnx 0123', sha256: '0123' };
  expect(pageModelWords(model)).toBe('a.onnx 0123');
  expect(pageModelWords({ ...model, mirror: false, provider: 'cpu' })).toBe('a.onnx 0123');
  expect(pageModelWords({ ...model, mirror: true, provider: 'webgpu' })).toBe(
    'a.onnx 0123, mirrored, on webgpu',
  );
});
