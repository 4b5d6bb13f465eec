import type { Event } from '../../events/event.ts';
import type { Offer } from '../../waitlist/offer.ts';
import type { OfferNotice } from '../notices/waitlist-notice.ts';
import { fitSms } from './fit-sms.ts';

/** `Waitlist: 2 tickets for The Winter Concert. Yours until 30 Dec, 18:00: https://…`, by the clock at the venue. */
export const offerSms = (
  kind: OfferNotice['kind'],
  { title, startsAt }: Pick<Event, 'title' | 'startsAt'>,
  { units, expiresAt }: Pick<Offer, 'units' | 'expiresAt'>,
  url: string,
): string => {
  const until = new Intl.DateTimeFormat('en-GB', {
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
    timeZone: startsAt.zone,
  }).format(expiresAt);
  const tickets = `${units.length} ticket${units.length === 1 ? '' : 's'}`;
  const next = kind === 'waitlist_assigned' ? 'booked for you. Pay by' : 'Yours until';
  const said = kind === 'waitlist_assigned' ? '' : '.';
  return fitSms(title, (name) => `Waitlist: ${tickets} for ${name}${said} ${next} ${until}: ${url}`);
};
