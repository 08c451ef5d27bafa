import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sniffFormat } from './scan-format.ts';

const bytes = (...parts: (string | number[])[]): Uint8Array =>
  Uint8Array.from(
    parts.flatMap((part) => (typeof part === 'string' ? [...Buffer.from(part, 'latin1')] : part)),
  );

test.each([
  ['png', bytes([0x89], 'PNG\r\n', [0x1a], '\n')],
  ['jpeg', bytes([0xff, 0xd8, 0xff, 0xe1])],
  ['tiff', bytes('II', [42, 0])],
  ['tiff', bytes('MM', [0, 42])],
  ['gif', bytes('GIF89a')],
  ['webp', bytes('RIFF', [1, 2, 3, 4], 'WEBPVP8 ')],
  ['avif', bytes([0, 0, 0, 20], 'ftypavif', [0, 0, 0, 0], 'mif1')],
  ['bmp', bytes('BM', Array(12).fill(0), [40, 0, 0, 0])],
  ['pdf', bytes(Array(300).fill(10), '%PDF-1.7')],
  ['dicom', bytes(Array(128).fill(0), 'DICM')],
] as const)('%s is told by its first bytes', (format, head) => {
  expect(sniffFormat(head)).toBe(format);
});

test('HEIC, text and "BM" at the start of a sentence are nothing that is read', () => {
  expect(sniffFormat(bytes([0, 0, 0, 20], 'ftypheic', [0, 0, 0, 0], 'mif1'))).toBeNull();
  expect(sniffFormat(bytes('BMI of the patient: 24'))).toBeNull();
  expect(sniffFormat(new Uint8Array(0))).toBeNull();
});

test('no bytes make it throw', () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 64 }), (head) => void sniffFormat(head)));
});
