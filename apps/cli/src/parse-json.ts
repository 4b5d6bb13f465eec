import { jsonFaultOffset } from './json-fault.ts';
import { UsageError } from './usage-error.ts';

/** Line and column, from 1. */
const placeOf = (text: string, offset: number): string => {
  const lines = text.slice(0, offset).split('\n');
  return `line ${lines.length}, column ${(lines.at(-1)?.length ?? 0) + 1}`;
};

/** A JSON object out of a file. A fault is told with its line and column. */
export const parseJsonObject = (text: string, path: string): Record<string, unknown> => {
  const json = text.replace(/^\uFEFF/, '');
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (cause) {
    const offset = jsonFaultOffset(json) ?? json.length;
    const there = offset === json.length ? 'the file ends too early' : 'this is not JSON';
    throw new UsageError(`${path}, ${placeOf(json, offset)}: ${there}.`, { cause });
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new UsageError(`${path} must hold one JSON object.`);
  return { ...value };
};
