import type { Buyer } from '../bookings/booking.ts';
import type { WaitlistEntry } from './entry.ts';
import type { Offer } from './offer.ts';

/** An offer as organizers see it. */
export type ListedOffer = Pick<
  Offer,
  | 'id'
  | 'entryId'
  | 'eventId'
  | 'status'
  | 'units'
  | 'madeBy'
  | 'expiresAt'
  | 'bookingId'
  | 'createdAt'
  | 'endedAt'
>;

/** An entry as organizers see it. `position`: 1 is next of those who wait for any of the same; null when it does not wait. */
export type ListedEntry = Pick<
  WaitlistEntry,
  | 'id'
  | 'eventId'
  | 'status'
  | 'wish'
  | 'quantity'
  | 'partWelcome'
  | 'skips'
  | 'endReason'
  | 'createdAt'
  | 'endedAt'
> & {
  readonly position: number | null;
  /** The open one, or the last. */
  readonly offer: ListedOffer | null;
  /** Who waits, and why they were removed, in words. null: the reader's role reads no persons. */
  readonly person:
    | (Pick<Buyer, 'name' | 'email' | 'phone'> & { readonly removedBecause: string | null })
    | null;
};

export const listedOffer = ({
  id,
  entryId,
  eventId,
  status,
  units,
  madeBy,
  expiresAt,
  bookingId,
  createdAt,
  endedAt,
}: Offer): ListedOffer => ({
  id,
  entryId,
  eventId,
  status,
  units,
  madeBy,
  expiresAt,
  bookingId,
  createdAt,
  endedAt,
});

export const listedEntry = (
  entry: WaitlistEntry,
  {
    position,
    offer,
    withPerson,
  }: {
    readonly position: number | null;
    readonly offer: Offer | null;
    readonly withPerson: boolean;
  },
): ListedEntry => {
  const { id, eventId, status, wish, quantity, partWelcome, skips, endReason, createdAt, endedAt } = entry;
  const { name, email, phone } = entry.buyer;
  return {
    id,
    eventId,
    status,
    wish,
    quantity,
    partWelcome,
    skips,
    endReason,
    createdAt,
    endedAt,
    position,
    offer: offer === null ? null : listedOffer(offer),
    person: withPerson ? { name, email, phone, removedBecause: entry.removal?.reason ?? null } : null,
  };
};
