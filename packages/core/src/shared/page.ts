import { z } from 'zod';

/** What every `list` takes: an opaque cursor of the page before, and a size. */
export const pageRequestSchema = z.object({
  cursor: z.string().max(500).optional(),
  limit: z.int().min(1).max(100).default(20),
});
export type PageRequest = z.output<typeof pageRequestSchema>;

/** `nextCursor` is null on the last page. */
export type Page<T> = { readonly items: readonly T[]; readonly nextCursor: string | null };
