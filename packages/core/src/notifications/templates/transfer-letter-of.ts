import type { Booking } from '../../bookings/booking.ts';
import { unreachable } from '../../shared/state-machine.ts';
import { wallTimeAt } from '../../shared/wall-time.ts';
import type { Transfer } from '../../transfers/transfer.ts';
import {
  type Block,
  greetingOf,
  type Letter,
  type LetterContent,
  type LetterTicket,
  paragraph,
} from './letter.ts';
import { oneLine } from './one-line.ts';
import { wallDay, wallTime } from './when.ts';

/** What is said to the receiver or the sender of a ticket. `from`: how the sender is called. */
export type TransferMatter =
  | {
      readonly kind: 'transfer_offered';
      readonly from: string;
      readonly token: string;
      /** Until when it can be accepted; null: not known yet. */
      readonly expiresAt: Date | null;
    }
  | { readonly kind: 'transfer_received'; readonly from: string; readonly ticket: LetterTicket }
  | { readonly kind: 'transfer_withdrawn'; readonly from: string }
  | {
      readonly kind:
        | 'transfer_started'
        | 'transfer_accepted'
        | 'transfer_declined'
        | 'transfer_taken_back'
        | 'transfer_expired';
    };

export type TransferLetterInput = {
  readonly matter: TransferMatter;
  readonly transfer: Pick<Transfer, 'email' | 'label' | 'message'>;
  readonly booking: Pick<Booking, 'event' | 'reference'>;
  /** How the reader is called; null: an address so far, and no name. */
  readonly name: string | null;
};

/**
 * The letter about a ticket that is passed on. Pure. Subject and summary never show the code: lock screens show them. Who is only offered
 * a ticket is not told the booking's number, and no letter to the sender has a code of the ticket.
 */
export const transferLetterOf = (input: TransferLetterInput): Letter => {
  const { title, startsAt, venueName, venueAddress } = input.booking.event;
  const { kind } = input.matter;
  const { subject, summary, ...content } = contentOf(input);
  const isHolder = kind !== 'transfer_offered' && kind !== 'transfer_withdrawn';
  return {
    ...content,
    subject: oneLine(subject),
    summary: oneLine(summary),
    greeting: greetingOf(input.name),
    event: {
      title: oneLine(title),
      day: wallDay(startsAt.local),
      time: wallTime(startsAt),
      venue: oneLine(venueName),
      address: oneLine(venueAddress),
    },
    reference: isHolder ? input.booking.reference : null,
    footer: content.blocks.some((block) => block.kind === 'tickets')
      ? 'Sent by EventHorizon. Whoever shows a code first is let in, so keep this e-mail to yourself.'
      : 'Sent by EventHorizon about a ticket that is passed on.',
  };
};

const untilOf = (at: Date, zone: string): string => {
  const until = wallTimeAt(at, zone);
  return `${wallDay(until.local)}, ${wallTime(until)}`;
};

const contentOf = ({ matter, transfer, booking }: TransferLetterInput): LetterContent => {
  const title = oneLine(booking.event.title);
  const label = oneLine(transfer.label);
  const to = oneLine(transfer.email);
  switch (matter.kind) {
    case 'transfer_offered': {
      const from = oneLine(matter.from);
      return {
        subject: `${from} wants to give you a ticket for ${title}`,
        summary: `Accept the ticket for ${title} with the code in this letter.`,
        heading: 'A ticket for you',
        blocks: [
          paragraph(`${from} wants to give you a ticket: ${label}.`),
          ...(transfer.message === null ? [] : [messageOf(from, transfer.message)]),
          paragraph(
            'Log in with an account of this address, or open one and confirm the address. Then accept with this code:',
          ),
          { kind: 'code', code: matter.token },
          paragraph(
            matter.expiresAt === null
              ? 'The code works once. This letter is no ticket: yours comes when you have accepted.'
              : `The code works once, until ${untilOf(matter.expiresAt, booking.event.startsAt.zone)}. This letter is no ticket: yours comes when you have accepted.`,
          ),
          paragraph(
            'If you do not want it, decline with the same code, or do nothing. If you do not know who is asking, give the code to nobody; we never ask for it.',
          ),
        ],
      };
    }
    case 'transfer_received': {
      const from = oneLine(matter.from);
      return {
        subject: `Your ticket for ${title} (${booking.reference})`,
        summary: `The ticket for ${title} that ${from} gave you is yours.`,
        heading: 'The ticket is yours',
        blocks: [
          paragraph(
            `You accepted the ticket that ${from} gave you. Here it is: show its code at the entrance, on a screen or on paper. It lets one person in, and every earlier code of this place has stopped working.`,
          ),
          { kind: 'tickets', tickets: [matter.ticket] },
          paragraph(
            'It is yours to pass on or to give back, where the event allows it. What was paid for it stays between its buyer and the organizer.',
          ),
        ],
      };
    }
    case 'transfer_withdrawn':
      return {
        subject: `The ticket for ${title} is not offered to you any more`,
        summary: `The ticket for ${title} that ${oneLine(matter.from)} offered you was taken back.`,
        heading: 'The ticket was taken back',
        blocks: [
          paragraph(
            `${oneLine(matter.from)} had offered you a ticket: ${label}. It is not to be had any more, and the code in our earlier letter has stopped working. There is nothing that you need to do.`,
          ),
        ],
      };
    case 'transfer_started':
      return {
        subject: `You are passing on a ticket for ${title}`,
        summary: `We offered your ticket for ${title} to ${to}.`,
        heading: 'Your ticket is on its way',
        blocks: [
          paragraph(`We wrote to ${to} that you want to give away this ticket: ${label}.`),
          paragraph(
            'Until it is accepted the ticket is yours and its code works; you can take it back at any time. Once it is accepted your code stops working, and only the new holder can use the ticket, pass it on or give it back.',
          ),
          paragraph(
            'If that was not you, somebody else was in your account: take the ticket back, and choose a new password at once.',
          ),
        ],
      };
    case 'transfer_accepted':
      return {
        subject: `Your ticket for ${title} has a new holder`,
        summary: `${to} accepted your ticket for ${title}. Your code for it has stopped working.`,
        heading: 'The ticket was accepted',
        blocks: [
          paragraph(`${to} accepted the ticket that you passed on: ${label}.`),
          paragraph(
            'The code that you had for it has stopped working, so do not use it any more. The receipt stays with who paid.',
          ),
        ],
      };
    case 'transfer_declined':
      return {
        subject: `Your ticket for ${title} was not accepted`,
        summary: `${to} declined your ticket for ${title}. It is still yours.`,
        heading: 'The ticket was declined',
        blocks: [
          paragraph(`${to} does not want the ticket that you offered: ${label}.`),
          paragraph('It is still yours and its code works. You can pass it on to somebody else.'),
        ],
      };
    case 'transfer_taken_back':
      return {
        subject: `You took back your ticket for ${title}`,
        summary: `Your ticket for ${title} is not offered to ${to} any more.`,
        heading: 'You took the ticket back',
        blocks: [
          paragraph(`This ticket is not offered to ${to} any more: ${label}. We told them.`),
          paragraph('It is yours and its code works. You can pass it on to somebody else.'),
        ],
      };
    case 'transfer_expired':
      return {
        subject: `Nobody accepted your ticket for ${title}`,
        summary: `${to} did not accept your ticket for ${title} in time. It is still yours.`,
        heading: 'The ticket was not accepted in time',
        blocks: [
          paragraph(
            `${to} did not accept the ticket that you offered: ${label}. The time in which tickets of this event can be passed on is over.`,
          ),
          paragraph('It is still yours and its code works.'),
        ],
      };
    default:
      return unreachable(matter);
  }
};

/** A stranger's words, said to be theirs. */
const messageOf = (from: string, message: string): Block => ({
  kind: 'note',
  text: `${from} writes: “${oneLine(message)}”`,
});
