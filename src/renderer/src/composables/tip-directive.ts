import type { Directive } from 'vue';

const DELAY_MS = 450;
const GAP_PX = 6;

let bubble: HTMLDivElement | null = null;
let timer: ReturnType<typeof setTimeout> | undefined;

/** Chord that a command has now, by its id; null for none. */
export type KeyLookup = (commandId: string) => string | null;

let keysOfCommand: KeyLookup = () => null;

/** Tells tooltips where keys are to be looked up; they are when a tooltip is shown. */
export function provideTipKeys(lookup: KeyLookup): void {
  keysOfCommand = lookup;
}

/**
 * `v-tip="'Fit page | @fit'"`: a tooltip after 450 ms of hover or at once on keyboard focus; the part after `|` are the
 * keys, those of a command after `@`. The text also names the element for screen readers when nothing else does.
 */
export const tipDirective: Directive<HTMLElement, string> = {
  mounted(element, { value }) {
    describe(element, value);
    element.addEventListener('pointerenter', () => {
      clearTimeout(timer);
      timer = setTimeout(() => show(element), DELAY_MS);
    });
    element.addEventListener('focus', () => {
      if (element.matches(':focus-visible')) show(element);
    });
    for (const type of ['pointerleave', 'pointerdown', 'blur'] as const) element.addEventListener(type, hide);
  },
  updated: (element, { value }) => describe(element, value),
  beforeUnmount: hide,
};

function describe(element: HTMLElement, value: string): void {
  element.dataset.tip = value;
  const named = element.dataset.tipName ?? '';
  const label = element.getAttribute('aria-label');
  if (element.textContent?.trim() || (label && label !== named)) return;
  element.dataset.tipName = value.split('|')[0]!.trim();
  element.setAttribute('aria-label', element.dataset.tipName);
}

function show(element: HTMLElement): void {
  const [text = '', keys] = (element.dataset.tip ?? '').split('|').map((part) => part.trim());
  if (!text || !element.isConnected) return;
  bubble ??= makeBubble();
  bubble.replaceChildren(text);
  const chord = keys?.startsWith('@') ? keysOfCommand(keys.slice(1)) : keys;
  if (chord) {
    const caps = document.createElement('span');
    caps.className = 'tip-keys';
    caps.textContent = chord;
    bubble.append(caps);
  }
  // A dialog's top layer would cover it anywhere else.
  bubble.showPopover();
  const anchor = element.getBoundingClientRect();
  const own = bubble.getBoundingClientRect();
  const below = anchor.bottom + GAP_PX + own.height < innerHeight;
  const left = anchor.left + (anchor.width - own.width) / 2;
  bubble.style.left = `${Math.max(4, Math.min(innerWidth - own.width - 4, left))}px`;
  bubble.style.top = `${below ? anchor.bottom + GAP_PX : anchor.top - GAP_PX - own.height}px`;
}

function makeBubble(): HTMLDivElement {
  const made = document.createElement('div');
  made.className = 'tip';
  made.popover = 'manual';
  made.setAttribute('aria-hidden', 'true');
  document.body.append(made);
  return made;
}

function hide(): void {
  clearTimeout(timer);
  if (bubble?.matches(':popover-open')) bubble.hidePopover();
}
