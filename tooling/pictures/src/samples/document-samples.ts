import { calendarOf } from '@eventhorizon/core/notifications/documents/calendar-of';
import type { DocumentKind } from '@eventhorizon/core/notifications/documents/document';
import { receiptOf } from '@eventhorizon/core/notifications/documents/receipt-of';
import { ticketSheetsOf } from '@eventhorizon/core/notifications/documents/ticket-sheets-of';
import { sampleBooking, sampleSale } from '@eventhorizon/core/testing/sample-booking';
import { renderDocument } from '@eventhorizon/providers/documents/render-document';
import { TICKETS } from './booking-samples.ts';

type DocumentSample = { readonly name: string; readonly make: () => Promise<Uint8Array> };

const held = sampleBooking();
const terms =
  'No glass and no cameras in the hall.\nLatecomers are let in at the first interval.\nNo refunds after the doors open.';
const booking = sampleBooking({ event: { ...held.event, terms } });
const { zone } = held.event.startsAt;
const surroundings = {
  organizerName: 'Aurora Stages',
  doorsAt: { local: '2026-12-31T19:00', zone, at: new Date('2026-12-31T18:00:00Z') },
  endsAt: new Date('2026-12-31T22:00:00Z'),
};
const postponed = { ...surroundings, dateOpen: true };
/** As a gate reads it: as long as a signed one. */
const code = `EH1.${'A'.repeat(75)}.${'B'.repeat(86)}`;

const NAMES = [
  'Zoë Łukasiewicz-Ñandú',
  'Александра Ґалаґан',
  'Αλέξανδρος Παπαδόπουλος',
  'محمد بن عبد الله الفاسي',
  'משה בן־דוד כהן',
  'अमिताभ श्रीवास्तव',
  '山田 太郎, 张伟, 김철수',
  'Ada 🎫 አማርኛ',
];

const tickets = (
  name: string,
  about = surroundings,
  names: readonly (string | null)[] = TICKETS.map(({ attendeeName }) => attendeeName),
  of = booking,
): DocumentSample => ({
  name,
  make: () => {
    const first = TICKETS[0];
    if (first === undefined) throw new Error('there is no ticket');
    const held = names.map((attendeeName) => ({ ...first, attendeeName, code }));
    return renderDocument({ kind: 'tickets', sheets: ticketSheetsOf(of, held, about) });
  },
});

const receipt = (name: string, of = booking): DocumentSample => ({
  name,
  make: () => {
    const made = receiptOf(of, 'Aurora Stages');
    if (made === null) throw new Error('there is no receipt');
    return renderDocument({ kind: 'receipt', receipt: made });
  },
});

const calendar = (name: string, about = surroundings): DocumentSample => ({
  name,
  make: async () => new TextEncoder().encode(calendarOf(booking, about)),
});

const long = 'Donaudampfschifffahrtsgesellschaftskapitänsmütze and other long words of the language. '.repeat(
  3,
);

/** Each kind of document, also where it is put to the test. */
export const DOCUMENT_SAMPLES: { readonly [K in DocumentKind]: readonly DocumentSample[] } = {
  tickets: [
    tickets(''),
    tickets('postponed', postponed),
    tickets('names', surroundings, NAMES),
    tickets('long', surroundings, [long], sampleBooking({ event: { ...held.event, title: long, terms } })),
  ],
  receipt: [
    receipt(''),
    receipt('sold-by-organizer', sampleBooking({ sale: sampleSale })),
    receipt(
      'yen',
      sampleBooking({
        lines: held.lines.map((line) => ({ ...line, amount: 4_500 })),
        total: { amount: 13_500, currency: 'JPY' },
      }),
    ),
  ],
  calendar: [calendar(''), calendar('postponed', postponed)],
};
