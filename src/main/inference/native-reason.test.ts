import { expect, test } from 'vitest';
import { nativeReason } from './native-reason.ts';

test.each([
  [
    '/onnxruntime_src/onnxruntime/core/providers/webgpu/webgpu_context.cc:136 onnxruntime::webgpu::WebGpuContext::' +
      'Initialize(const Config&)::<lambda()> adapter_result.status == Success was false. ' +
      'Failed to get a WebGPU adapter: No supported adapters\n\n',
    'Failed to get a WebGPU adapter: No supported adapters.',
  ],
  ['/src/session.cc:12 Something broke.', 'Something broke.'],
  ['', 'it does not say why.'],
])('%#', (message, words) => {
  expect(nativeReason(new Error(message))).toBe(words);
});

test('what is long is cut', () => {
  expect(nativeReason('x'.repeat(5000))).toHaveLength(241);
});
