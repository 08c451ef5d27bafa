import type { Bar } from '../../../../core/explore/distributions.ts';

/** What a bar is called by those who cannot see it, and what a click does. */
export function barName(chart: string, { label, ids }: Bar): string {
  return `${chart}: ${label} ${ids.length.toLocaleString('en')} ${ids.length === 1 ? 'page' : 'pages'}. Show them`;
}
