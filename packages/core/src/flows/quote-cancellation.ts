import { z } from 'zod';
import { idSchema } from '../shared/ids.ts';
import { type CancellationQuote, judgeCancellation } from './judge-cancellation.ts';
import {
  bookingOf,
  type CancellationParty,
  type ReadCancellationDeps,
  readCancellation,
} from './read-cancellation.ts';

/** Which tickets: all that the caller may give up when none is named. */
export const cancellationScope = z.object({
  bookingId: idSchema('bkg'),
  ticketIds: z.array(idSchema('tkt')).min(1).max(100).optional(),
});
type CancellationScope = z.output<typeof cancellationScope>;

/** `inFull`: what the prices come to, as far as it is still here, for an organizer who is not bound to the policy. */
export type BothQuotes = { readonly byPolicy: CancellationQuote; readonly inFull: CancellationQuote };

/** What would come back, to the cent, before anybody commits. Reads only. Throws as readCancellation does. */
export const quoteCancellation = async (
  deps: ReadCancellationDeps,
  { bookingId, ticketIds, party }: CancellationScope & { readonly party: CancellationParty },
): Promise<BothQuotes> => {
  const booking = await bookingOf(deps, bookingId, party);
  const matter = await readCancellation(deps, booking, party, ticketIds);
  const now = deps.clock.now();
  return { byPolicy: judgeCancellation(matter, now), inFull: judgeCancellation(matter, now, true) };
};
