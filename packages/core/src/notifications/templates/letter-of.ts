import type { Booking } from '../../bookings/booking.ts';
import { formatMoney, type Money } from '../../shared/money.ts';
import { unreachable } from '../../shared/state-machine.ts';
import type { BookingNotice } from '../notification.ts';
import { cancellationLetter, heldCancellationLetter } from './cancellation-letter.ts';
import { eventChangeLetter } from './event-change-letter.ts';
import type { Block, Letter, LetterContent, LetterTicket } from './letter.ts';
import { oneLine } from './one-line.ts';
import { pricesOf } from './price-lines.ts';
import { wallDay, wallTime } from './when.ts';

export type LetterInput = {
  readonly notice: BookingNotice;
  readonly booking: Booking;
  /** The valid tickets that the buyer holds. */
  readonly tickets: readonly LetterTicket[];
};

/** The letter for a notice. Pure; throws a RangeError when the booking's prices do not add up. */
export const letterOf = ({
  notice,
  booking,
  tickets,
}: LetterInput): Letter & { readonly reference: string } => {
  const { title, startsAt, venueName, venueAddress } = booking.event;
  const name = oneLine(booking.buyer.name);
  const { subject, summary, ...content } = contentOf(notice, booking, tickets);
  return {
    ...content,
    subject: oneLine(subject),
    summary: oneLine(summary),
    greeting: name === '' ? 'Hello,' : `Hello ${name},`,
    event: {
      title: oneLine(title),
      // What it was is in the letter; up here stands what counts.
      day: notice.kind === 'event_postponed' ? 'Date to be announced' : wallDay(startsAt.local),
      time: notice.kind === 'event_postponed' ? '' : wallTime(startsAt),
      venue: oneLine(venueName),
      address: oneLine(venueAddress),
    },
    reference: booking.reference,
    footer: content.blocks.some(({ kind }) => kind === 'tickets')
      ? `Sent by EventHorizon about booking ${booking.reference}. Whoever shows a code first is let in, so keep this e-mail to yourself.`
      : `Sent by EventHorizon about booking ${booking.reference}.`,
  };
};

const contentOf = (
  notice: BookingNotice,
  booking: Booking,
  tickets: readonly LetterTicket[],
): LetterContent => {
  const { title } = booking.event;
  const many = tickets.length !== 1;
  switch (notice.kind) {
    case 'booking_confirmed':
      return {
        subject: `Your ticket${many ? 's' : ''} for ${title} (${booking.reference})`,
        summary: `Booking ${booking.reference} for ${title} is confirmed: ${tickets.length} ticket${many ? 's' : ''}.`,
        heading: 'Your booking is confirmed',
        blocks: [
          {
            kind: 'paragraph',
            text: many
              ? 'Thank you for your booking. Here are your tickets: each code lets one person in, so show them one by one at the entrance, on a screen or on paper.'
              : 'Thank you for your booking. Here is your ticket: show its code at the entrance, on a screen or on paper. It lets one person in.',
          },
          ...withTickets(booking, tickets),
        ],
      };
    case 'booking_resent':
      return {
        subject: `Your ticket${many ? 's' : ''} again: ${title} (${booking.reference})`,
        summary: `Here ${many ? `are your ${tickets.length} tickets` : 'is your ticket'} for ${title} again, booking ${booking.reference}.`,
        heading: many ? 'Your tickets once more' : 'Your ticket once more',
        blocks: [
          {
            kind: 'paragraph',
            text: many
              ? 'Here are your tickets again. They are the same as in our earlier letters: each code lets one person in, once, whichever letter it is shown from.'
              : 'Here is your ticket again. It is the same as in our earlier letters: its code lets one person in, once, whichever letter it is shown from.',
          },
          ...withTickets(booking, tickets),
        ],
      };
    case 'address_corrected':
      return {
        subject: `The address of your booking was changed: ${title} (${booking.reference})`,
        summary: `The organizer changed the e-mail address of booking ${booking.reference} to ${notice.masked}.`,
        heading: 'The address of your booking was changed',
        blocks: [
          {
            kind: 'paragraph',
            text: `The organizer of this event changed the e-mail address of your booking to ${notice.masked} and sent its tickets there. Letters about this booking go to that address from now on.`,
          },
          {
            kind: 'paragraph',
            text: 'If you asked for this, there is nothing that you need to do.',
          },
          {
            kind: 'paragraph',
            text: 'If you did not, tell the organizer at once, with the number of your booking, and ask for your address to be set right. The tickets that you were sent before are the same ones: each code lets one person in, and whoever shows it first is let in.',
          },
        ],
      };
    case 'late_payment_rebooked':
      return {
        subject: `Your payment arrived late, and you have your seats: ${title} (${booking.reference})`,
        summary: `Your payment for ${title} came late. Your places were still free; the booking is confirmed.`,
        heading: 'Your booking is confirmed after all',
        blocks: [
          {
            kind: 'paragraph',
            text: 'Your payment reached us after the time to pay was over. The places that you had chosen were still free, so they are yours. Here are your tickets.',
          },
          ...withTickets(booking, tickets),
        ],
      };
    case 'late_payment_moved':
      return {
        subject: `Your payment arrived late: other places for ${title} (${booking.reference})`,
        summary: `Your payment for ${title} came late. Your places were gone; we booked equivalent ones for you.`,
        heading: 'Your booking is confirmed, with other places',
        blocks: [
          {
            kind: 'paragraph',
            text: 'Your payment reached us after the time to pay was over, and the places that you had chosen were sold by then. We booked others for you, of the same category and at the same price.',
          },
          { kind: 'list', title: 'No longer yours', items: notice.before.map(oneLine) },
          { kind: 'paragraph', text: 'These are your places now:' },
          ...withTickets(booking, tickets),
        ],
      };
    case 'late_payment_refunded':
      return {
        subject: `Your payment goes back to you: ${title} (${booking.reference})`,
        summary: `We are sending back ${formatMoney(notice.amount)} for ${title}. You have no tickets from this booking.`,
        heading: 'We are sending your money back',
        blocks: [
          {
            kind: 'paragraph',
            text: WHY_REFUNDED[notice.reason],
          },
          refundNote(formatMoney(notice.amount)),
          { kind: 'paragraph', text: 'There is nothing that you need to do. This booking has no tickets.' },
        ],
      };
    case 'payment_expired':
      return {
        subject: `Your booking was not paid in time: ${title} (${booking.reference})`,
        summary: `The time to pay for ${title} is over. Your places were given back; you were not charged.`,
        heading: 'The time to pay is over',
        blocks: [
          {
            kind: 'paragraph',
            text: 'We did not receive a payment in time, so the places that you had chosen are on sale again. You were not charged.',
          },
          {
            kind: 'list',
            title: 'No longer reserved',
            items: booking.lines.map(({ label }) => oneLine(label)),
          },
          { kind: 'paragraph', text: 'If you still want to come, you are welcome to book again.' },
        ],
      };
    case 'event_cancelled':
    case 'event_postponed':
      return eventChangeLetter(notice, booking, []);
    case 'event_moved':
      return eventChangeLetter(notice, booking, ticketBlocks(notice, booking, tickets));
    case 'tickets_cancelled':
      return cancellationLetter(notice, booking, tickets.length);
    case 'held_tickets_cancelled':
      return heldCancellationLetter(notice, booking);
    case 'refund_sent':
      return {
        ...(booking.sale === undefined
          ? {
              subject: `Your refund is on its way: ${title} (${booking.reference})`,
              summary: `We sent ${formatMoney(notice.amount)} back to you for ${title}.`,
              heading: 'Your refund is on its way',
            }
          : {
              subject: `You were paid back: ${title} (${booking.reference})`,
              summary: `The organizer has paid ${formatMoney(notice.amount)} back to you for ${title}.`,
              heading: 'You were paid back',
            }),
        blocks: [booking.sale === undefined ? refundNote(formatMoney(notice.amount)) : paidBackNote(notice)],
      };
    case 'refund_failed':
      return {
        subject: `Your refund could not be made yet: ${title} (${booking.reference})`,
        summary: `Your bank did not take the refund of ${formatMoney(notice.amount)} for ${title}. We are looking into it.`,
        heading: 'Your refund could not be made yet',
        blocks: [
          { kind: 'note', text: `Not refunded yet: ${formatMoney(notice.amount)}` },
          {
            kind: 'paragraph',
            text: 'The bank did not accept the refund to the card or account that you paid with. You will get your money back: the organizer has been told and will find another way with you.',
          },
        ],
      };
    default:
      return unreachable(notice);
  }
};

/** What a holder's ticket cost is between who paid and us. */
const ticketBlocks = (
  { holderId }: { readonly holderId?: string },
  booking: Booking,
  tickets: readonly LetterTicket[],
): Block[] => {
  if (tickets.length === 0) return [];
  return holderId === undefined ? withTickets(booking, tickets) : [{ kind: 'tickets', tickets }];
};

const withTickets = (booking: Booking, tickets: readonly LetterTicket[]): Block[] => [
  { kind: 'tickets', tickets },
  pricesOf(booking),
];

const refundNote = (amount: string): Block => ({
  kind: 'note',
  text: `${amount} goes back to the card or account that you paid with. Banks take up to ten days to show it.`,
});

/** An organizer sold it and took the money, so it is the organizer who gave it back. */
const paidBackNote = ({ amount }: { readonly amount: Money }): Block => ({
  kind: 'note',
  text: `The organizer has paid ${formatMoney(amount)} back to you. Ask the organizer if it has not reached you.`,
});

const WHY_REFUNDED = {
  event_cancelled: 'The event was cancelled before your payment reached us.',
  booking_cancelled: 'Your payment reached us after this booking had been cancelled.',
  event_over:
    'Your payment reached us after the time to pay was over, when tickets for this event were not sold any more.',
  units_gone:
    'Your payment reached us after the time to pay was over. The places that you had chosen were sold by then, and there were no equivalent ones left.',
} as const;
