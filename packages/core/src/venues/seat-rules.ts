import { isPrintable } from '../shared/text.ts';

/** What both import formats demand of names and positions. A message says what is wrong; null: nothing is. */
const MAX_NAME = 100;
export const MAX_GUID = 200;
/** Pixels either side of the origin: beyond it a plan cannot be drawn, and sums of offsets lose their meaning. */
export const MAX_POSITION = 1_000_000;

export const whyNotName = (value: string, max = MAX_NAME): string | null => {
  if (value.length > max) return `is longer than ${max} characters`;
  return isPrintable(value) ? null : 'has control characters';
};

export const whyNotPosition = (value: number): string | null =>
  Number.isFinite(value) && Math.abs(value) <= MAX_POSITION
    ? null
    : `must be a number between -${MAX_POSITION} and ${MAX_POSITION}`;

/** Sums of offsets show binary dust (0.1 + 0.2); a millionth of a pixel is nobody's intent. */
export const tidyPosition = (value: number): number => Math.round(value * 1e6) / 1e6;

/**
 * Whether a name says that a place is for wheelchairs. Only unmistakable words count, and a companion's seat is not one:
 * a place wrongly taken for accessible is held back from general picks, and everybody can see and mend that; the formats
 * have no better sign (the seating-plan JSON has no such property, CSV has its own column).
 */
export const saysWheelchair = (name: string): boolean =>
  /\bwheelchairs?\b|♿/iu.test(name) && !/\b(companions?|carers?|escorts?)\b/iu.test(name);

const PLAIN_COLOR = /^(#[0-9a-f]{3,4}|#[0-9a-f]{6}|#[0-9a-f]{8}|[a-z]{3,30})$/i;

/** A colour that may be put into a page as it is: `#rgb`, `#rrggbb`, with alpha, or a CSS name. */
export const isPlainColor = (color: string): boolean => PLAIN_COLOR.test(color);
