import type { Event } from '../../events/event.ts';
import { formatMoney, money } from '../../shared/money.ts';
import { unreachable } from '../../shared/state-machine.ts';
import type { Offer } from '../../waitlist/offer.ts';
import type { OfferNotice } from '../notices/waitlist-notice.ts';
import { type AccountLetter, type Block, greetingOf, type LetterContent, paragraph } from './letter.ts';
import { oneLine } from './one-line.ts';
import { wallDay, wallTime } from './when.ts';

export type WaitlistLetterInput = {
  readonly kind: OfferNotice['kind'];
  readonly name: string;
  readonly offer: Pick<Offer, 'units' | 'quote' | 'expiresAt'>;
  readonly event: Pick<Event, 'title' | 'startsAt'>;
  readonly venueName: string;
  /** Where the offer is accepted. */
  readonly url: string;
};

/** The letter about an offer to somebody who waits. Pure. */
export const waitlistLetterOf = (input: WaitlistLetterInput): AccountLetter => {
  const title = oneLine(input.event.title);
  return {
    ...contentOf(input, title),
    greeting: greetingOf(input.name),
    title,
    event: null,
    reference: null,
    footer: `Sent by EventHorizon because you are on the waitlist of ${title}.`,
  };
};

const contentOf = (input: WaitlistLetterInput, title: string): LetterContent => {
  const { offer, event, venueName, url } = input;
  const count = offer.units.length;
  const tickets = `${count} ticket${count === 1 ? '' : 's'}`;
  const until = untilOf(offer.expiresAt, event.startsAt.zone);
  const seats: Block = {
    kind: 'list',
    title: 'Offered to you',
    items: offer.units.map(({ label }) => oneLine(label)),
  };
  const whereAndWhen: Block = {
    kind: 'note',
    text: [wallDay(event.startsAt.local), wallTime(event.startsAt), oneLine(venueName)]
      .filter((part) => part !== '')
      .join(', '),
  };
  switch (input.kind) {
    case 'waitlist_offer':
      return {
        subject: `${tickets} for ${title}: yours until ${until}`,
        summary: `It is your turn: ${tickets} for ${title}. Accept by ${until}.`,
        heading: 'It is your turn',
        blocks: [
          paragraph(
            `${tickets} for ${title} came back, and you are next on the waitlist. ${count === 1 ? 'It is' : 'They are'} kept for you until ${until}.`,
          ),
          whereAndWhen,
          seats,
          { kind: 'list', title: 'Prices', items: pricesOf(offer) },
          { kind: 'link', text: 'See the offer and accept it', url },
          paragraph(
            'Log in with the account that you joined with. If you do not answer in time, the offer goes to the next in line and you leave the waitlist.',
          ),
        ],
      };
    case 'waitlist_assigned':
      return {
        subject: `${tickets} for ${title} ${count === 1 ? 'is' : 'are'} booked for you: pay by ${until}`,
        summary: `We booked ${tickets} for ${title} for you. Pay by ${until}, and ${count === 1 ? 'it is' : 'they are'} yours.`,
        heading: 'We have booked for you',
        blocks: [
          paragraph(
            `${tickets} for ${title} came back, you were next on the waitlist, and so we booked ${count === 1 ? 'it' : 'them'} for you. Pay by ${until}, and ${count === 1 ? 'it is' : 'they are'} yours.`,
          ),
          whereAndWhen,
          { ...seats, title: 'Booked for you' },
          { kind: 'list', title: 'Prices', items: pricesOf(offer) },
          { kind: 'link', text: 'See the booking and pay', url },
          paragraph(
            'Log in with the account that you joined with. If you do not pay in time, the booking ends and the next in line is served. You are not charged for anything that you do not pay.',
          ),
        ],
      };
    case 'waitlist_offer_expired':
      return {
        subject: `Your offer has ended: ${title}`,
        summary: `The time to accept ${tickets} for ${title} is over.`,
        heading: 'Your offer has ended',
        blocks: [
          paragraph(
            `We did not hear from you in time, so ${count === 1 ? 'the ticket that was' : 'the tickets that were'} kept for you went to the next in line. You are not on the waitlist any more.`,
          ),
          paragraph('If you still want to come, you are welcome to join it again.'),
        ],
      };
    case 'waitlist_offer_withdrawn':
      return {
        subject: `Your offer was taken back: ${title}`,
        summary: `The offer of ${tickets} for ${title} was taken back.`,
        heading: 'Your offer was taken back',
        blocks: [
          paragraph(
            `The organizer took the offer of ${tickets} back. You were not charged, and there is nothing that you need to do.`,
          ),
          paragraph(
            'As long as tickets can come back, you keep your place on the waitlist, and we write to you when it is your turn.',
          ),
        ],
      };
    default:
      return unreachable(input.kind);
  }
};

const pricesOf = ({ units, quote }: WaitlistLetterInput['offer']): string[] => {
  const offered = new Set(units.map(({ priceCategory }) => priceCategory));
  const shown = offered.size > 1 ? (category: string) => `, ${oneLine(category)}` : () => '';
  return quote.prices
    .filter(({ priceCategory }) => offered.has(priceCategory))
    .map(
      ({ name, amount, priceCategory }) =>
        `${oneLine(name)}${shown(priceCategory)}: ${amount === 0 ? 'free' : formatMoney(money(amount, quote.currency))}`,
    );
};

/** `30 December 2026 at 18:00 (Berlin time)`: by the clock at the venue. */
const untilOf = (at: Date, zone: string): string => {
  const local = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'short', timeZone: zone });
  const place = (zone.split('/').at(-1) ?? zone).replaceAll('_', ' ');
  return `${local.format(at)} (${zone === 'UTC' ? 'UTC' : `${place} time`})`;
};
