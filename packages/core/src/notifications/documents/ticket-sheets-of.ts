import type { Booking } from '../../bookings/booking.ts';
import type { LetterTicket } from '../templates/letter.ts';
import { oneLine } from '../templates/one-line.ts';
import { DATE_OPEN, wallDay, wallTime } from '../templates/when.ts';
import type { TicketSheet } from './document.ts';
import type { Surroundings } from './surroundings.ts';

/** What is said on every ticket, before the event's own terms. */
const TERMS = [
  'This ticket lets one person in, once. The first to show its code is let in; a copy shown later is refused.',
  'Do not post a picture of the code. If the ticket is passed on to someone else, this code stops working.',
  'The organizer named on this ticket holds the event; EventHorizon sold the ticket on its behalf.',
];

/** One sheet a ticket, in their order. Pure. */
export const ticketSheetsOf = (
  booking: Booking,
  tickets: readonly LetterTicket[],
  { organizerName, doorsAt, dateOpen = false }: Surroundings,
): TicketSheet[] => {
  const { title, startsAt, venueName, venueAddress, terms = '' } = booking.event;
  const common = {
    title: oneLine(title),
    ...(dateOpen ? DATE_OPEN : { day: wallDay(startsAt.local), time: wallTime(startsAt) }),
    doors: doorsAt === null || dateOpen ? null : doorsAt.local.slice(11, 16),
    venue: oneLine(venueName),
    address: oneLine(venueAddress),
    organizer: oneLine(organizerName),
    reference: booking.reference,
    terms: TERMS,
    eventTerms: terms
      .split('\n')
      .map(oneLine)
      .filter((line) => line !== ''),
  };
  return tickets.map(({ label, typeName, attendeeName, code }, i) => ({
    ...common,
    place: oneLine(label),
    typeName: oneLine(typeName),
    attendeeName: attendeeName === null ? null : oneLine(attendeeName),
    position: `${i + 1} of ${tickets.length}`,
    code,
  }));
};
