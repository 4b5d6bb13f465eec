import type { Booking } from '../../bookings/booking.ts';
import { formatMoney, type Money } from '../../shared/money.ts';
import { unreachable } from '../../shared/state-machine.ts';
import type { BookingNotice } from '../notices/booking-notice.ts';
import { cancellationLetter, heldCancellationLetter } from './cancellation-letter.ts';
import { eventChangeLetter } from './event-change-letter.ts';
import { latePaymentLetter } from './late-payment-letter.ts';
import {
  type Block,
  greetingOf,
  type Letter,
  type LetterContent,
  type LetterTicket,
  paragraph,
  shownTickets,
} from './letter.ts';
import { oneLine } from './one-line.ts';
import { pricesOf } from './price-lines.ts';
import { refundNote } from './refund-note.ts';
import { DATE_OPEN, wallDay, wallTime } from './when.ts';

export type BookingLetterInput = {
  readonly notice: BookingNotice;
  readonly booking: Booking;
  /** The valid tickets that the buyer holds. */
  readonly tickets: readonly LetterTicket[];
};

/** The letter for a notice about a booking. Pure; throws a RangeError when the booking's prices do not add up. */
export const bookingLetterOf = ({
  notice,
  booking,
  tickets,
}: BookingLetterInput): Letter & { readonly reference: string } => {
  const { title, startsAt, venueName, venueAddress } = booking.event;
  const { subject, summary, ...content } = contentOf(notice, booking, tickets);
  return {
    ...content,
    subject: oneLine(subject),
    summary: oneLine(summary),
    greeting: greetingOf(booking.buyer.name),
    event: {
      title: oneLine(title),
      // What it was is in the letter; up here stands what counts.
      ...(notice.kind === 'event_postponed'
        ? DATE_OPEN
        : { day: wallDay(startsAt.local), time: wallTime(startsAt) }),
      venue: oneLine(venueName),
      address: oneLine(venueAddress),
    },
    reference: booking.reference,
    footer:
      shownTickets(content).length > 0
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
          paragraph(
            many
              ? 'Thank you for your booking. Here are your tickets: each code lets one person in, so show them one by one at the entrance, on a screen or on paper.'
              : 'Thank you for your booking. Here is your ticket: show its code at the entrance, on a screen or on paper. It lets one person in.',
          ),
          ...withTickets(booking, tickets),
        ],
      };
    case 'booking_resent':
      return {
        subject: `Your ticket${many ? 's' : ''} again: ${title} (${booking.reference})`,
        summary: `Here ${many ? `are your ${tickets.length} tickets` : 'is your ticket'} for ${title} again, booking ${booking.reference}.`,
        heading: many ? 'Your tickets once more' : 'Your ticket once more',
        blocks: [
          paragraph(
            many
              ? 'Here are your tickets again. They are the same as in our earlier letters: each code lets one person in, once, whichever letter it is shown from.'
              : 'Here is your ticket again. It is the same as in our earlier letters: its code lets one person in, once, whichever letter it is shown from.',
          ),
          ...withTickets(booking, tickets),
        ],
      };
    case 'address_corrected':
      return {
        subject: `The address of your booking was changed: ${title} (${booking.reference})`,
        summary: `The organizer changed the e-mail address of booking ${booking.reference} to ${notice.masked}.`,
        heading: 'The address of your booking was changed',
        blocks: [
          paragraph(
            `The organizer of this event changed the e-mail address of your booking to ${notice.masked} and sent its tickets there. Letters about this booking go to that address from now on.`,
          ),
          paragraph('If you asked for this, there is nothing that you need to do.'),
          paragraph(
            'If you did not, tell the organizer at once, with the number of your booking, and ask for your address to be set right. The tickets that you were sent before are the same ones: each code lets one person in, and whoever shows it first is let in.',
          ),
        ],
      };
    case 'late_payment_rebooked':
    case 'late_payment_moved':
      return latePaymentLetter(notice, booking, withTickets(booking, tickets));
    case 'late_payment_refunded':
      return latePaymentLetter(notice, booking, []);
    case 'payment_expired':
      return {
        subject: `Your booking was not paid in time: ${title} (${booking.reference})`,
        summary: `The time to pay for ${title} is over. Your places were given back; you were not charged.`,
        heading: 'The time to pay is over',
        blocks: [
          paragraph(
            'We did not receive a payment in time, so the places that you had chosen are on sale again. You were not charged.',
          ),
          {
            kind: 'list',
            title: 'No longer reserved',
            items: booking.lines.map(({ label }) => oneLine(label)),
          },
          paragraph('If you still want to come, you are welcome to book again.'),
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
        blocks: [booking.sale === undefined ? refundNote(notice.amount) : paidBackNote(notice)],
      };
    case 'refund_failed':
      return {
        subject: `Your refund could not be made yet: ${title} (${booking.reference})`,
        summary: `Your bank did not take the refund of ${formatMoney(notice.amount)} for ${title}. We are looking into it.`,
        heading: 'Your refund could not be made yet',
        blocks: [
          { kind: 'note', text: `Not refunded yet: ${formatMoney(notice.amount)}` },
          paragraph(
            'The bank did not accept the refund to the card or account that you paid with. You will get your money back: the organizer has been told and will find another way with you.',
          ),
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

/** An organizer sold it and took the money, so it is the organizer who gave it back. */
const paidBackNote = ({ amount }: { readonly amount: Money }): Block => ({
  kind: 'note',
  text: `The organizer has paid ${formatMoney(amount)} back to you. Ask the organizer if it has not reached you.`,
});
