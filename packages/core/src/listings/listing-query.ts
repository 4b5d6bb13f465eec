import { z } from 'zod';
import { decodeCursor, encodeCursor } from '../shared/cursor.ts';
import { DomainError } from '../shared/errors.ts';
import { type EventId, idSchema } from '../shared/ids.ts';
import type { ListingSort, SearchListings } from './search-input.ts';

/** Where a page ended: the sort key of its last listing (milliseconds, metres, tickets or minor units) and, among equals, its id. */
export type ListingPosition = { readonly key: number; readonly id: EventId };

/** A search in one spelling: two that mean the same are equal. */
export type ListingQuery = {
  /** Whole words, sorted, each once. */
  readonly words: readonly string[];
  /** The last word, which may be only begun. */
  readonly prefix: string | null;
  readonly fromAt: Date | null;
  readonly beforeAt: Date | null;
  readonly fromDay: string | null;
  readonly toDay: string | null;
  readonly cityKey: string | null;
  readonly country: string | null;
  readonly near: SearchListings['near'] | null;
  readonly category: string | null;
  readonly tags: readonly string[];
  readonly organizationId: SearchListings['organizationId'] | null;
  readonly price: SearchListings['price'] | null;
  readonly availableOnly: boolean;
  readonly sort: ListingSort;
};

/** One page of a search. */
export type ListingPageQuery = {
  readonly query: ListingQuery;
  readonly after: ListingPosition | null;
  readonly limit: number;
};

const position = z.tuple([z.string(), z.int(), idSchema('evt')]);

/** Throws `cursor.invalid` for a cursor that another search gave. */
export const listingPageQuery = ({ cursor, limit, ...input }: SearchListings): ListingPageQuery => {
  const query = queryOf(input);
  if (cursor === undefined) return { query, after: null, limit };
  const [fingerprint, key, id] = decodeCursor(cursor, position);
  if (fingerprint !== fingerprintOf(query)) throw new DomainError('cursor.invalid', {});
  return { query, after: { key, id }, limit };
};

export const listingCursor = (query: ListingQuery, { key, id }: ListingPosition): string =>
  encodeCursor([fingerprintOf(query), key, id]);

/** Names a page among all there are: equal for equal questions only. */
export const listingPageKey = (page: ListingPageQuery): string => JSON.stringify(page);

const queryOf = (input: Omit<SearchListings, 'cursor' | 'limit'>): ListingQuery => {
  const words = input.text ?? [];
  return {
    words: [...new Set(words.slice(0, -1))].sort(),
    prefix: words.at(-1) ?? null,
    fromAt: input.from instanceof Date ? input.from : null,
    beforeAt: input.to instanceof Date ? input.to : null,
    fromDay: typeof input.from === 'string' ? input.from : null,
    toDay: typeof input.to === 'string' ? input.to : null,
    cityKey: input.city ?? null,
    country: input.country ?? null,
    near: input.near ?? null,
    category: input.category ?? null,
    tags: [...new Set(input.tags)].sort(),
    organizationId: input.organizationId ?? null,
    price: input.price ?? null,
    availableOnly: input.availableOnly,
    sort: input.sort,
  };
};

/**
 * FNV-1a, 32 bits, over UTF-16 code units (http://www.isthe.com/chongo/tech/comp/fnv/). It tells an honest mistake, no more: a cursor has
 * no authority.
 */
const fingerprintOf = (query: ListingQuery): string => {
  const text = JSON.stringify(query);
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return (hash >>> 0).toString(36);
};
