import { LEAD_NAMES } from '../../shared/lead-name.ts';

/** Leads in the standard order, others behind by name. */
export function standardOrder<T extends { readonly name: string }>(leads: readonly T[]): T[] {
  const rank = (name: string) => {
    const at = (LEAD_NAMES as readonly string[]).indexOf(name);
    return at < 0 ? LEAD_NAMES.length : at;
  };
  return [...leads].sort(
    (a, b) => rank(a.name) - rank(b.name) || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0),
  );
}
