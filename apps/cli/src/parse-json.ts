import { UsageError } from './usage-error.ts';

/** Line and column (from 1) of an offset in a text. */
const placeOf = (text: string, offset: number): string => {
  const before = text.slice(0, offset).split('\n');
  return `line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}`;
};

/** A JSON object out of a file. A fault is told with its line and column. */
export const parseJsonObject = (text: string, path: string): Record<string, unknown> => {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : '';
    // V8 names the offset, except at the end of the text.
    const offset = /position (\d+)/.exec(message)?.[1];
    const place = placeOf(text, offset === undefined ? text.length : Number(offset));
    throw new UsageError(`${path} is not JSON: ${place}: ${message.replace(/ in JSON at position.*/, '')}.`, {
      cause,
    });
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new UsageError(`${path} must hold one JSON object.`);
  return { ...value };
};
