import type { z } from 'zod';
import { DomainError } from './errors.ts';

/**
 * Page cursors: the sort key of the last item of a page, as base64url of its JSON. Opaque to callers and of no authority:
 * a cursor only says where to go on, every list still filters by who asks.
 */
export const encodeCursor = (position: readonly (string | number)[]): string =>
  Buffer.from(JSON.stringify(position), 'utf8').toString('base64url');

/** The position a cursor names, checked against `schema`. Throws DomainError `cursor.invalid` on anything else. */
export const decodeCursor = <S extends z.ZodType>(cursor: string, schema: S): z.output<S> => {
  const parsed = schema.safeParse(jsonOf(cursor));
  if (!parsed.success) throw new DomainError('cursor.invalid', {});
  return parsed.data;
};

const jsonOf = (cursor: string): unknown => {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
};

/** Cuts a page out of up to `limit + 1` items read in order: one item too many means that there is a next page. */
export const pageOf = <T>(
  items: readonly T[],
  limit: number,
  positionOf: (item: T) => readonly (string | number)[],
): { items: readonly T[]; nextCursor: string | null } => {
  const page = items.slice(0, limit);
  const last = page.at(-1);
  return {
    items: page,
    nextCursor: items.length > limit && last !== undefined ? encodeCursor(positionOf(last)) : null,
  };
};
