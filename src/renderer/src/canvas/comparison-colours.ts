/**
 * Colours of two readings over paper: blue and vermilion of Okabe and Ito's palette, told apart with every kind of colour
 * blindness (https://jfly.uni-koeln.de/color/); the second is dashed besides.
 */
export const COMPARISON_COLOURS = { first: '#0072b2', second: '#d55e00', shared: '#3d4654' } as const;

/** The same two on dark paper: the palette's sky blue and orange. */
export const COMPARISON_COLOURS_DARK = { first: '#56b4e9', second: '#e69f00' } as const;

/** The same two as grounds that bear white letters, contrast 5. */
export const COMPARISON_GROUNDS = { first: '#0072b2', second: '#b84f00' } as const;
