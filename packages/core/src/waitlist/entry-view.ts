import type { WaitlistEntry } from './entry.ts';
import type { Offer } from './offer.ts';
import type { OfferStore, WaitlistEntryStore } from './ports.ts';

/** An offer as its receiver sees it. */
export type OfferView = Pick<
  Offer,
  'id' | 'entryId' | 'eventId' | 'status' | 'units' | 'quote' | 'expiresAt' | 'bookingId' | 'createdAt'
>;

/** An entry as its owner sees it. `position`: 1 is next; null when it does not wait. */
export type EntryView = Omit<
  WaitlistEntry,
  'pools' | 'skips' | 'offerId' | 'userId' | 'revision' | 'withheld' | 'removal'
> & {
  readonly position: number | null;
  /** The one to answer now. */
  readonly offer: OfferView | null;
};

export const offerView = ({
  id,
  entryId,
  eventId,
  status,
  units,
  quote,
  expiresAt,
  bookingId,
  createdAt,
}: Offer): OfferView => ({ id, entryId, eventId, status, units, quote, expiresAt, bookingId, createdAt });

export type ViewEntriesDeps = {
  readonly waitlistEntries: Pick<WaitlistEntryStore, 'countAhead'>;
  readonly waitlistOffers: Pick<OfferStore, 'findMany'>;
};

/** Entries with where they stand now, and what is offered to them. */
export const viewEntries = async (
  { waitlistEntries, waitlistOffers }: ViewEntriesDeps,
  entries: readonly WaitlistEntry[],
): Promise<EntryView[]> => {
  const offerIds = entries.flatMap(({ status, offerId }) =>
    status === 'offered' && offerId !== null ? [offerId] : [],
  );
  const offers = new Map(
    (offerIds.length === 0 ? [] : await waitlistOffers.findMany(offerIds)).map((offer) => [offer.id, offer]),
  );
  return Promise.all(
    entries.map(async (entry) => {
      const {
        pools: _pools,
        skips: _skips,
        offerId,
        userId: _userId,
        revision: _revision,
        withheld: _withheld,
        removal: _removal,
        ...shown
      } = entry;
      const offer = offerId === null ? undefined : offers.get(offerId);
      return {
        ...shown,
        position: entry.status === 'waiting' ? (await waitlistEntries.countAhead(entry)) + 1 : null,
        offer: offer?.status === 'open' ? offerView(offer) : null,
      };
    }),
  );
};
