import type { Booking } from '../../bookings/booking.ts';
import { formatMoney } from '../../shared/money.ts';
import { unreachable } from '../../shared/state-machine.ts';
import type { BookingNotice } from '../notices/booking-notice.ts';
import { type Block, type LetterContent, paragraph } from './letter.ts';
import { oneLine } from './one-line.ts';
import { refundNote } from './refund-note.ts';

type LatePaymentNotice = Extract<BookingNotice, { readonly kind: `late_payment_${string}` }>;

/** Money came after the time to pay was over. `tickets`: those that the buyer has now, with what belongs to them. */
export const latePaymentLetter = (
  notice: LatePaymentNotice,
  booking: Pick<Booking, 'reference' | 'event'>,
  tickets: readonly Block[],
): LetterContent => {
  const { title } = booking.event;
  switch (notice.kind) {
    case 'late_payment_rebooked':
      return {
        subject: `Your payment arrived late, and you have your seats: ${title} (${booking.reference})`,
        summary: `Your payment for ${title} came late. Your places were still free; the booking is confirmed.`,
        heading: 'Your booking is confirmed after all',
        blocks: [
          paragraph(
            'Your payment reached us after the time to pay was over. The places that you had chosen were still free, so they are yours. Here are your tickets.',
          ),
          ...tickets,
        ],
      };
    case 'late_payment_moved':
      return {
        subject: `Your payment arrived late: other places for ${title} (${booking.reference})`,
        summary: `Your payment for ${title} came late. Your places were gone; we booked equivalent ones for you.`,
        heading: 'Your booking is confirmed, with other places',
        blocks: [
          paragraph(
            'Your payment reached us after the time to pay was over, and the places that you had chosen were sold by then. We booked others for you, of the same category and at the same price.',
          ),
          { kind: 'list', title: 'No longer yours', items: notice.before.map(oneLine) },
          paragraph('These are your places now:'),
          ...tickets,
        ],
      };
    case 'late_payment_refunded':
      return {
        subject: `Your payment goes back to you: ${title} (${booking.reference})`,
        summary: `We are sending back ${formatMoney(notice.amount)} for ${title}. You have no tickets from this booking.`,
        heading: 'We are sending your money back',
        blocks: [
          paragraph(WHY_REFUNDED[notice.reason]),
          refundNote(notice.amount),
          paragraph('There is nothing that you need to do. This booking has no tickets.'),
        ],
      };
    default:
      return unreachable(notice);
  }
};

const WHY_REFUNDED = {
  event_cancelled: 'The event was cancelled before your payment reached us.',
  booking_cancelled: 'Your payment reached us after this booking had been cancelled.',
  event_over:
    'Your payment reached us after the time to pay was over, when tickets for this event were not sold any more.',
  units_gone:
    'Your payment reached us after the time to pay was over. The places that you had chosen were sold by then, and there were no equivalent ones left.',
} as const;
