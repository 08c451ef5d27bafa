import type { TextBoxKind } from '../../../shared/api/text-boxes.ts';

/** What a kind of print is called, and its colour over paper; each has a dash of its own, too. */
export const TEXT_BOX_LOOK: Readonly<
  Record<TextBoxKind, { readonly title: string; readonly colour: string; readonly dash: readonly number[] }>
> = {
  identity: { title: 'Identity', colour: '#a8005c', dash: [] },
  'lead-label': { title: 'Lead label', colour: '#1d4fa8', dash: [2, 2] },
  scale: { title: 'Speed and gain', colour: '#5a5f00', dash: [6, 3] },
  other: { title: 'Other text', colour: '#3d4656', dash: [6, 2, 2, 2] },
};
