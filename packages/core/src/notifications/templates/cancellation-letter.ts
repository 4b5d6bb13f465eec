import type { Booking } from '../../bookings/booking.ts';
import { formatMoney } from '../../shared/money.ts';
import type { HeldTicketsCancelledNotice, TicketsCancelledNotice } from '../notices/cancellation-notice.ts';
import { type Block, type LetterContent, paragraph } from './letter.ts';
import { oneLine } from './one-line.ts';
import { comesBackNote } from './refund-note.ts';

/** Tickets are void, with what comes back for them. `left`: valid tickets that the buyer still holds. */
export const cancellationLetter = (
  notice: TicketsCancelledNotice,
  { reference, event: { title }, total }: Pick<Booking, 'reference' | 'event' | 'total'>,
  left: number,
): LetterContent => {
  const { labels, whole, refund } = notice;
  const many = labels.length !== 1;
  const what = whole ? 'booking' : many ? `${labels.length} tickets` : 'ticket';
  const back = refund === null ? '' : ` ${formatMoney(refund.amount)} goes back to you.`;
  return {
    subject: `${whole ? 'Your booking was' : many ? 'Tickets of yours were' : 'A ticket of yours was'} cancelled: ${title} (${reference})`,
    summary: `Booking ${reference}: your ${what} ${many && !whole ? 'were' : 'was'} cancelled.${back}`,
    heading: whole ? 'Your booking was cancelled' : `${many ? 'Tickets were' : 'A ticket was'} cancelled`,
    blocks: [
      paragraph(BY[notice.by]),
      ...messageOf(notice),
      voidList(labels),
      moneyBlock(notice, total.amount > 0),
      ...(whole || left === 0
        ? []
        : [
            paragraph(
              left === 1
                ? 'Your other ticket stays valid, with the code that you have.'
                : `Your other ${left} tickets stay valid, with the codes that you have.`,
            ),
          ]),
    ],
  };
};

const BY = {
  buyer: 'You gave this up, and it is done. Codes that you still have of it are not let in any more.',
  holder:
    'Whoever you had passed this on to gave it up. What goes back for it goes to you, because you paid for it.',
  organizer:
    'The organizer cancelled this. If you have questions, write to the organizer with the number of your booking.',
  event: 'The event does not take place, so there is nothing to be let in to.',
} as const satisfies Record<TicketsCancelledNotice['by'], string>;

/** To who held tickets that somebody else had bought. Of the money it says nothing. */
export const heldCancellationLetter = (
  notice: HeldTicketsCancelledNotice,
  { reference, event: { title } }: Pick<Booking, 'reference' | 'event'>,
): LetterContent => {
  const { labels, by } = notice;
  const many = labels.length !== 1;
  const were = many ? 'tickets were' : 'ticket was';
  return {
    subject: `Your ${were} cancelled: ${title} (${reference})`,
    summary: `Your ${were} cancelled: ${labels.length} for ${title}, booking ${reference}.`,
    heading: `Your ${were} cancelled`,
    blocks: [
      paragraph(
        by === 'holder' ? 'You gave this up, and it is done. Its code is not let in any more.' : BY[by],
      ),
      ...messageOf(notice),
      voidList(labels),
      {
        kind: 'note',
        text: 'Money that goes back for this goes to whoever bought it.',
      },
    ],
  };
};

const messageOf = ({ message }: Pick<TicketsCancelledNotice, 'message'>): Block[] =>
  message === undefined ? [] : [paragraph(`The organizer writes: ${oneLine(message)}`)];

const voidList = (labels: readonly string[]): Block => ({
  kind: 'list',
  title: labels.length === 1 ? 'This ticket is not valid any more' : 'These tickets are not valid any more',
  items: labels.map(oneLine),
});

const moneyBlock = ({ refund }: TicketsCancelledNotice, paid: boolean): Block => {
  if (refund === null)
    return {
      kind: 'note',
      text: paid
        ? 'No money goes back for this, by the terms under which it was bought or by what was agreed.'
        : 'Nothing was paid for this booking, so nothing goes back.',
    };
  return comesBackNote(refund);
};
