/** A4 in points. */
export const PAGE = { width: 595.28, height: 841.89 } as const;
export const MARGIN = 48;

export const INK = '#14213d';
/** 4.5 to 1 and more on white. */
export const MUTED = '#5b6475';
export const RULE = '#c9ced8';
