import { TEXT_CLASSES } from '../../src/core/lead/text-net.ts';

const OTHER = TEXT_CLASSES.indexOf('*');
const SPACE = TEXT_CLASSES.indexOf(' ');

/** The classes of a line of text, one per character; runs of blanks count as one. */
export function lineLabels(text: string): number[] {
  const labels: number[] = [];
  for (const character of text.trim().replace(/\s+/g, ' ')) {
    if (character === ' ') labels.push(SPACE);
    else {
      const known = character === ',' ? '.' : character === ';' ? ':' : character.toLowerCase();
      const at = TEXT_CLASSES.indexOf(known);
      labels.push(at > 0 ? at : OTHER);
    }
  }
  return labels;
}
