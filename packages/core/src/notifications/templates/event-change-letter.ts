import type { Booking } from '../../bookings/booking.ts';
import { formatMoney } from '../../shared/money.ts';
import { unreachable } from '../../shared/state-machine.ts';
import { wallTimeAt } from '../../shared/wall-time.ts';
import type { EventChangeNotice } from '../notices/event-change-notice.ts';
import { type Block, type LetterContent, paragraph } from './letter.ts';
import { oneLine } from './one-line.ts';
import { comesBackNote } from './refund-note.ts';
import { wallDay, wallTime } from './when.ts';

type About = Pick<Booking, 'reference' | 'event'>;

/** The show does not take place, or not then. `tickets`: those that the buyer still holds, with what belongs to them. */
export const eventChangeLetter = (
  notice: EventChangeNotice,
  booking: About,
  tickets: readonly Block[],
): LetterContent => {
  const { title, startsAt } = booking.event;
  const name = oneLine(title);
  const { reference } = booking;
  const isHolder = notice.holderId !== undefined;
  switch (notice.kind) {
    case 'event_cancelled':
      return {
        subject: `Cancelled: ${name} (${reference})`,
        summary: `${name} on ${wallDay(startsAt.local)} is cancelled.${isHolder ? '' : comesBack(notice)}`,
        heading: 'The event is cancelled',
        blocks: [
          paragraph(
            isHolder
              ? `We are sorry: ${name} will not take place. The ticket that was passed on to you is no longer valid.`
              : `We are sorry: ${name} will not take place. Your booking has ended${notice.unpaid ? '' : ', and its tickets are no longer valid'}.`,
          ),
          ...because(notice.reason),
          isHolder
            ? { kind: 'note', text: 'The money goes back to whoever bought the ticket.' }
            : moneyOf(notice),
          paragraph('There is nothing that you need to do.'),
        ],
      };
    case 'event_postponed':
      return {
        subject: `Postponed: ${name} (${reference})`,
        summary: `${name} will not take place on ${wallDay(startsAt.local)}. The new date is not known yet; your tickets stay valid.`,
        heading: 'The event is postponed',
        blocks: [
          paragraph(
            `${name} will not take place on ${wallDay(startsAt.local)}. The new date is not known yet. Your tickets stay valid, and we write to you when there is a date.`,
          ),
          ...because(notice.reason),
          refundWindow(notice, startsAt.zone),
        ],
      };
    case 'event_moved':
      return {
        subject: `New date: ${name} (${reference})`,
        summary: `${name} takes place on ${wallDay(startsAt.local)}, ${wallTime(startsAt)}. Your tickets stay valid.`,
        heading: 'The event has a new date',
        blocks: [
          paragraph(
            `${name} now takes place on ${wallDay(startsAt.local)}, ${wallTime(startsAt)}. It was to be on ${wallDay(notice.before.local)}, ${wallTime(notice.before)}. Your tickets stay valid${tickets.length === 0 ? '.' : ' with the same codes; here they are with the new date, and an entry for your calendar that replaces the old one.'}`,
          ),
          ...because(notice.reason),
          refundWindow(notice, startsAt.zone),
          ...tickets,
        ],
      };
    default:
      return unreachable(notice);
  }
};

const because = (reason: string | null): Block[] => {
  const lines = (reason ?? '')
    .split('\n')
    .map(oneLine)
    .filter((line) => line !== '');
  return lines.length === 0 ? [] : [{ kind: 'quote', title: 'The organizer writes', lines }];
};

type Cancelled = Extract<EventChangeNotice, { kind: 'event_cancelled' }>;

const comesBack = ({ comesBack: back }: Cancelled): string =>
  back === null ? '' : ` ${formatMoney(back.amount)} goes back to you.`;

const moneyOf = ({ comesBack: back, unpaid }: Cancelled): Block => {
  if (back !== null) return comesBackNote(back);
  return {
    kind: 'note',
    text: unpaid
      ? 'You have not paid yet, and you no longer need to. If a payment is already on its way, all of it goes back to you.'
      : 'There is no payment of this booking that could go back.',
  };
};

const refundWindow = (
  { refundUntil, holderId }: Exclude<EventChangeNotice, Cancelled>,
  zone: string,
): Block => {
  const until = wallTimeAt(refundUntil, zone);
  const by = `${wallDay(until.local)}, ${wallTime(until)}`;
  return {
    kind: 'note',
    text:
      holderId === undefined
        ? `If you cannot come, cancel your booking by ${by}: until then you get everything back, whatever the terms say.`
        : `If you cannot come, give your ticket up by ${by}: until then all of its price goes back to whoever paid for it.`,
  };
};
