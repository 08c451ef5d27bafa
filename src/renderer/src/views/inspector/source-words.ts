/** How the source of a fact is told. */
const WORDS: Readonly<Record<string, string>> = {
  text: 'printed text',
  pulse: 'pulse',
  duration: 'duration',
  heart: 'heart beats',
  habit: 'as on pages like it',
  default: 'assumed',
  user: 'stated',
  read: 'read',
  layout: 'by place',
  colour: 'colour grid',
  gray: 'gray grid',
  bilevel: '1-bit grid',
  dotted: 'dotted grid',
  none: 'no grid',
};

/** Source of a fact in one or two words; unknown sources speak for themselves. */
export function sourceWords(source: string): string {
  return WORDS[source] ?? source;
}
