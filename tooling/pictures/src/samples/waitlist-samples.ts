import type { OfferNotice, WaitlistNotice } from '@eventhorizon/core/notifications/notices/waitlist-notice';
import { offerSms } from '@eventhorizon/core/notifications/templates/offer-sms';
import { removalLetterOf } from '@eventhorizon/core/notifications/templates/removal-letter-of';
import { waitlistLetterOf } from '@eventhorizon/core/notifications/templates/waitlist-letter-of';
import type { TicketTypeId } from '@eventhorizon/core/shared/ids';
import { sampleBooking } from '@eventhorizon/core/testing/sample-booking';
import { alsoBySms, byMail, type Sample } from '../sample.ts';

const { event } = sampleBooking();
const ticketTypeId = 'tty_01h455vb4pex5vsknk084s0001' as TicketTypeId;
const offer = {
  units: [7, 8].map((n) => ({
    unitId: `s:seat-${n}`,
    label: `Stalls, row 4, seat ${n}`,
    priceCategory: 'stalls',
  })),
  quote: {
    currency: 'EUR',
    prices: [
      { priceCategory: 'stalls', ticketTypeId, name: 'Adult', amount: 4_500 },
      { priceCategory: 'stalls', ticketTypeId, name: 'Child', amount: 0 },
    ],
  },
  expiresAt: new Date('2026-12-30T17:00:00Z'),
};
const of = (kind: OfferNotice['kind'], count = 2): Sample => {
  const path = kind === 'waitlist_assigned' ? 'bookings/bkg' : 'offers/ofr';
  const url = `https://tickets.example/${path}_01h455vb4pex5vsknk084s0001`;
  const offered = { ...offer, units: offer.units.slice(0, count) };
  const venueName = event.venueName;
  const letter = waitlistLetterOf({ kind, name: 'Ada Lovelace', offer: offered, event, venueName, url });
  const name = count === 1 ? 'one-ticket' : '';
  const isOpen = kind === 'waitlist_offer' || kind === 'waitlist_assigned';
  return isOpen ? alsoBySms(name, letter, offerSms(kind, event, offered, url)) : byMail(name, letter);
};

/** What those who wait are told. */
export const WAITLIST_SAMPLES: { readonly [K in WaitlistNotice['kind']]: readonly Sample[] } = {
  waitlist_offer: [of('waitlist_offer'), of('waitlist_offer', 1)],
  waitlist_assigned: [of('waitlist_assigned'), of('waitlist_assigned', 1)],
  waitlist_offer_expired: [of('waitlist_offer_expired')],
  waitlist_offer_withdrawn: [of('waitlist_offer_withdrawn')],
  waitlist_removed: [0, 2].map((offered) =>
    byMail(
      offered === 0 ? '' : 'with-offer',
      removalLetterOf({ name: 'Ada Lovelace', eventTitle: event.title, offered }),
    ),
  ),
};
