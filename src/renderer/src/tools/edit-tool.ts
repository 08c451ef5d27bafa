/** The tools of the page view: `select` looks and moves, the others correct. */
export const EDIT_TOOLS = [
  'select',
  'pin',
  'brush',
  'erase',
  'line',
  'wand',
  'region',
  'model',
  'span',
  'lead',
  'grid',
] as const;
export type EditTool = (typeof EDIT_TOOLS)[number];

/** What a tool is called, its key, and what it does in a sentence. */
export const TOOL_FACTS: Readonly<
  Record<EditTool, { readonly title: string; readonly key: string; readonly hint: string }>
> = {
  select: { title: 'Select', key: 'V', hint: 'Click a lead; drag to move the page' },
  pin: {
    title: 'Pin',
    key: 'P',
    hint: 'Click or drag where the trace runs: its path follows. Click a pin with Alt to remove it',
  },
  brush: { title: 'Brush', key: 'B', hint: 'Paint what belongs to the lead; the right button erases' },
  erase: { title: 'Eraser', key: 'E', hint: 'Take away what does not belong to the lead' },
  line: {
    title: 'Line',
    key: 'K',
    hint: 'Click point after point: a line as thick as the brush. Double click or Enter ends it, Backspace goes back',
  },
  wand: {
    title: 'Wand',
    key: 'W',
    hint: 'Click ink to add it to the lead; drag sideways to take more or less. The right button or Alt takes it off',
  },
  region: {
    title: 'Region',
    key: 'R',
    hint: 'Draw round a stain to exclude it, or round ink that was overlooked; Shift draws a rectangle. Click one to select it',
  },
  model: {
    title: 'Ask the model',
    key: 'J',
    hint: 'Draw round a part: the model looks at it, and the leads in it are traced again on what it saw',
  },
  span: {
    title: 'Stretch',
    key: 'S',
    hint: 'Drag along a lead, then bridge, blank, retrace or exchange what you marked',
  },
  lead: {
    title: 'Leads',
    key: 'L',
    hint: 'Click a lead to name it, drag its ends, or drag a box where a lead was overlooked',
  },
  grid: {
    title: 'Grid',
    key: 'G',
    hint: 'Drag a crossing of the grid to where it really lies; the page is read again',
  },
};
