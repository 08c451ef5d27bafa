import type { Numbers } from '../signal/decode-numbers.ts';

/** A variable of a MAT file; arrays in column order, the first index running fastest. */
export type MatValue =
  | {
      readonly kind: 'numbers';
      readonly shape: readonly number[];
      readonly data: Numbers;
      /** Whether MATLAB holds them as integers, whatever they are packed as. */
      readonly integer: boolean;
    }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'cell'; readonly items: readonly MatValue[] }
  | { readonly kind: 'struct'; readonly fields: ReadonlyMap<string, MatValue> }
  /** What is not read: functions, objects, sparse and complex arrays. */
  | { readonly kind: 'other' };
