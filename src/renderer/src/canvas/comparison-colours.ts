/**
 * Colours of two readings over paper: blue and vermilion of Okabe and Ito's palette, told apart with every kind of colour
 * blindness (https://jfly.uni-koeln.de/color/); the second is dashed besides.
 */
export const COMPARISON_COLOURS = { first: '#0072b2', second: '#d55e00', shared: '#3d4654' } as const;
