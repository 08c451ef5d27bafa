import { LEAD_NAMES, type LeadName } from '../../shared/lead-name.ts';
import type { TemplateChoice } from './choose-template.ts';
import { templateOf } from './layout-templates.ts';
import { cellId, type CellName } from './place-cells.ts';

const LIMB: ReadonlySet<LeadName> = new Set(LEAD_NAMES.slice(0, 6));
/** By how many more read names the other order of the limb leads must be right. */
const CLEARLY = 2;

/**
 * The layout in the other order of the limb leads where their names that were read stand where that has them: what was not read
 * is to follow the same order. One name in another place is a lead that was exchanged, several are Cabrera's order.
 *
 * @param names of the cells as they were read in the order of `choice`
 */
export function orderByNames(choice: TemplateChoice, names: ReadonlyMap<string, CellName>): TemplateChoice {
  const { template, rowOffset } = choice;
  const other = templateOf(template.kind, !template.cabrera);
  if (other.cabrera === template.cabrera) return choice;
  const right = (grid: readonly (readonly LeadName[])[]): number =>
    grid
      .flatMap((leads, row) => leads.map((lead, column) => ({ lead, id: cellId(row + rowOffset, column) })))
      .filter(({ lead, id }) => {
        const name = names.get(id);
        return LIMB.has(lead) && name?.labelSource === 'read' && name.lead === lead;
      }).length;
  return right(other.grid) >= right(template.grid) + CLEARLY ? { ...choice, template: other } : choice;
}
