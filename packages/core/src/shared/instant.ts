import { z } from 'zod';

/** An instant as the API takes it: ISO 8601 with `Z` or an offset; gives a Date. */
export const instantSchema = z.iso
  .datetime({ offset: true, error: 'must be an instant like 2026-12-31T19:00:00Z' })
  .transform((text) => new Date(text));
