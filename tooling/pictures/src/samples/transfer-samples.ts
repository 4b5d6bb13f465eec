import type { TransferNotice } from '@eventhorizon/core/notifications/notices/transfer-notice';
import { smsOf } from '@eventhorizon/core/notifications/templates/sms-of';
import {
  type TransferMatter,
  transferLetterOf,
} from '@eventhorizon/core/notifications/templates/transfer-letter-of';
import { sampleBooking } from '@eventhorizon/core/testing/sample-booking';
import { alsoBySms, type Sample } from '../sample.ts';
import { TOKEN } from './account-samples.ts';
import { LINK, TICKETS } from './booking-samples.ts';

const booking = sampleBooking();
const from = 'Ada Lovelace';
const of = (matter: TransferMatter, name: string | null, variant = ''): Sample => {
  const transfer = {
    email: 'bob@example.org',
    label: 'Stalls, row 4, seat 12',
    message: 'For you! See you there.',
  };
  const letter = transferLetterOf({ matter, transfer, booking, name });
  return matter.kind === 'transfer_received'
    ? alsoBySms(variant, letter, smsOf('transfer_received', booking, 1, LINK))
    : alsoBySms(variant, letter);
};
const offered = { kind: 'transfer_offered', from, token: TOKEN } as const;

/** What the receiver and the sender of a ticket are told. */
export const TRANSFER_SAMPLES: { readonly [K in TransferNotice['kind']]: readonly Sample[] } = {
  transfer_offered: [
    of({ ...offered, expiresAt: booking.event.startsAt.at }, null),
    of({ ...offered, expiresAt: null }, null, 'without-deadline'),
  ],
  transfer_received: TICKETS.slice(0, 1).map((ticket) =>
    of({ kind: 'transfer_received', from, ticket }, 'Bob'),
  ),
  transfer_withdrawn: [of({ kind: 'transfer_withdrawn', from }, null)],
  transfer_started: [of({ kind: 'transfer_started' }, from)],
  transfer_accepted: [of({ kind: 'transfer_accepted' }, from)],
  transfer_declined: [of({ kind: 'transfer_declined' }, from)],
  transfer_taken_back: [of({ kind: 'transfer_taken_back' }, from)],
  transfer_expired: [of({ kind: 'transfer_expired' }, from)],
};
