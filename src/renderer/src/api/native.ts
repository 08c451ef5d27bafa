import type { NativeBridge } from '../../../shared/api/native-bridge.ts';

declare global {
  interface Window {
    readonly tracewright?: NativeBridge;
  }
}

/** The native abilities of the Electron window, or null in the loopback host. */
export const native: NativeBridge | null = globalThis.window?.tracewright ?? null;
