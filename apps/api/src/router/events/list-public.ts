import { searchListingsInput } from '@eventhorizon/core/listings/search-input';
import { searchListings } from '@eventhorizon/core/listings/search-listings';
import { publicProcedure } from '../../trpc/procedures.ts';

/** What is on sale, searched and sorted, a page at a time; without a word, the next to start first. See docs/search.md. */
export const listPublic = publicProcedure
  .input(searchListingsInput)
  .query(({ ctx, input }) => searchListings(ctx.deps, input));
