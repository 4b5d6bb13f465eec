import type { OfferId, WaitlistEntryId } from '../../shared/ids.ts';

/** What somebody who waits is told about an offer. Everything else is read from the offer when it is sent. */
export type OfferNotice = {
  readonly kind:
    | 'waitlist_offer'
    | 'waitlist_assigned'
    | 'waitlist_offer_expired'
    | 'waitlist_offer_withdrawn';
  readonly offerId: OfferId;
};

/** An organizer took an entry off a waitlist. */
export type RemovalNotice = { readonly kind: 'waitlist_removed'; readonly entryId: WaitlistEntryId };

export type WaitlistNotice = OfferNotice | RemovalNotice;

/** What tells several of a kind apart. */
export const subjectOfWaitlist = (notice: WaitlistNotice): string =>
  notice.kind === 'waitlist_removed' ? notice.entryId : notice.offerId;
