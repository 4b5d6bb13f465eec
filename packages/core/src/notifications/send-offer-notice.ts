import type { Event } from '../events/event.ts';
import type { EventStore } from '../events/ports.ts';
import type { Clock } from '../shared/clock.ts';
import type { VenueStore } from '../venues/ports.ts';
import type { Offer } from '../waitlist/offer.ts';
import type { OfferStore, WaitlistEntryStore } from '../waitlist/ports.ts';
import type { OfferNotice } from './notices/waitlist-notice.ts';
import type { Notification } from './notification.ts';
import type { EmailSender, SendResult } from './ports.ts';
import { sendLetter } from './send-letter.ts';
import { type SendSmsOnceDeps, sendSmsOnce } from './send-sms-once.ts';
import { offerSms } from './templates/offer-sms.ts';
import { waitlistLetterOf } from './templates/waitlist-letter-of.ts';

/** What is read of an offer when it is told of. */
export type WaitlistNoticeDeps = {
  readonly waitlistOffers: Pick<OfferStore, 'find'>;
  readonly waitlistEntries: Pick<WaitlistEntryStore, 'find'>;
  readonly venues: Pick<VenueStore, 'find'>;
};

type SendOfferNoticeDeps = WaitlistNoticeDeps &
  SendSmsOnceDeps & {
    readonly events: Pick<EventStore, 'find'>;
    readonly email: EmailSender;
    /** Where people reach us: `https://tickets.example`. */
    readonly publicUrl: string;
    readonly clock: Clock;
  };

type AboutOffer = Pick<Notification, 'id' | 'status' | 'attempts' | 'channel'> & {
  readonly notice: OfferNotice;
};

/** Tells somebody who waits about an offer, by e-mail or SMS. null: not sent by this call, because it is not true any more, or by sendSmsOnce. */
export const sendOfferNotice = async (
  deps: SendOfferNoticeDeps,
  { notice, channel, ...record }: AboutOffer,
): Promise<SendResult | null> => {
  const offer = await deps.waitlistOffers.find(notice.offerId);
  const entry = offer === null ? null : await deps.waitlistEntries.find(offer.entryId);
  const event = offer === null ? null : await deps.events.find(offer.eventId);
  // Whoever was removed is told that alone.
  const moot = entry?.endReason === 'removed' || offer === null || !isTrue(notice, offer, deps.clock.now());
  if (moot || entry === null || event === null) {
    await deps.notifications.markFailed(record.id, 'outdated: the offer has moved on');
    return null;
  }
  const { buyer } = entry;
  const { bookingId } = offer;
  const path =
    notice.kind === 'waitlist_assigned' && bookingId !== null
      ? `bookings/${bookingId}`
      : `offers/${offer.id}`;
  const url = `${deps.publicUrl.replace(/\/+$/, '')}/${path}`;
  if (channel === 'sms') {
    const { userId: person, organizationId } = offer;
    const counted = { phone: buyer.phone, person, organizationId };
    return await sendSmsOnce(deps, record, counted, async () => offerSms(notice.kind, event, offer, url));
  }
  if (buyer.email === null) {
    await deps.notifications.markFailed(record.id, 'the entry has no e-mail address');
    return null;
  }
  const letter = waitlistLetterOf({
    kind: notice.kind,
    name: buyer.name,
    offer,
    event,
    venueName: await venueNameOf(deps, event),
    url,
  });
  const to = { email: buyer.email, name: buyer.name };
  return await sendLetter(deps, { id: record.id, to }, letter);
};

const venueNameOf = async ({ venues }: SendOfferNoticeDeps, { venueId }: Event): Promise<string> =>
  (await venues.find(venueId))?.name ?? '';

const isTrue = ({ kind }: OfferNotice, { status, expiresAt }: Offer, now: Date): boolean => {
  switch (kind) {
    case 'waitlist_offer':
      return status === 'open' && expiresAt > now;
    case 'waitlist_assigned':
      return status === 'accepted' && expiresAt > now;
    case 'waitlist_offer_expired':
      return status === 'expired';
    case 'waitlist_offer_withdrawn':
      return status === 'withdrawn';
  }
};
