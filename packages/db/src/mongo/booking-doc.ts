import {
  BOOKING_STATUSES,
  type Booking,
  CLOSE_REASONS,
  LATE_MONEY_OUTCOMES,
} from '@eventhorizon/core/bookings/booking';
import { CANCELLERS } from '@eventhorizon/core/bookings/cancellation';
import { SALE_CHANNELS } from '@eventhorizon/core/bookings/organizer-sale';
import { searchKeysOf } from '@eventhorizon/core/bookings/search-keys';
import { idSchema } from '@eventhorizon/core/shared/ids';
import { moneySchema } from '@eventhorizon/core/shared/money';
import { z } from 'zod';
import { type DocOf, fromDoc, toDoc } from './collection.ts';
import { refundPolicyDocSchema } from './refund-policy-schema.ts';

const lineSchema = z.object({
  unitId: z.string(),
  label: z.string(),
  priceCategory: z.string(),
  ticketTypeId: idSchema('tty'),
  ticketTypeName: z.string(),
  amount: z.int(),
  attendeeName: z.string().nullable(),
  ticketId: idSchema('tkt'),
  cancelled: z.object({ id: idSchema('rfd'), at: z.date(), returned: z.int() }).optional(),
});

/** Also of who waits: an entry has the buyer of the booking that it may become. */
export const buyerSchema = z.object({
  name: z.string(),
  email: z.string().nullable(),
  phone: z.string().nullable(),
  wantsSms: z.boolean().optional(),
  statistics: z
    .object({
      birthYear: z.int().nullable(),
      city: z.string().nullable(),
      gender: z.string().nullable(),
    })
    .nullable(),
});

export const bookingSchema = z.object({
  _id: idSchema('bkg'),
  reference: z.string(),
  eventId: idSchema('evt'),
  organizationId: idSchema('org'),
  userId: idSchema('usr').nullable(),
  holdId: idSchema('hld'),
  turn: z.int().min(0).optional(),
  status: z.enum(BOOKING_STATUSES),
  buyer: buyerSchema,
  lines: z.array(lineSchema),
  total: moneySchema,
  paymentId: idSchema('pay').nullable(),
  payBy: z.date().nullable(),
  closeReason: z.enum(CLOSE_REASONS).nullable(),
  lateMoney: z.enum(LATE_MONEY_OUTCOMES).nullable(),
  event: z.object({
    title: z.string(),
    startsAt: z.object({ local: z.string(), zone: z.string(), at: z.date() }),
    venueName: z.string(),
    venueAddress: z.string(),
    terms: z.string().optional(),
  }),
  refundPolicy: refundPolicyDocSchema.optional(),
  cancellations: z
    .array(
      z.object({
        id: idSchema('rfd'),
        at: z.date(),
        by: z.enum(CANCELLERS),
        returned: z.int(),
        decided: z.object({ by: idSchema('usr'), reason: z.string() }).optional(),
      }),
    )
    .optional(),
  sale: z
    .object({
      channel: z.enum(SALE_CHANNELS),
      soldBy: idSchema('usr'),
      person: z.string().nullable(),
      adoptableBy: z.string().optional(),
      accountNotTheirs: z.literal(true).optional(),
      note: z.string().nullable(),
      reason: z.string().nullable(),
      limitOverride: z.string().nullable(),
      from: z.object({ importId: idSchema('imp'), line: z.int() }).nullable(),
    })
    .optional(),
  changeId: idSchema('chg').optional(),
  keys: z.array(z.string()).optional(),
  revision: z.int(),
  createdAt: z.date(),
  confirmedAt: z.date().nullable(),
  endedAt: z.date().nullable(),
});

/** `keys`: what it is found by (search-keys.ts); of no interest to who reads a booking. */
export type BookingDoc = DocOf<Booking> & { keys?: string[] | undefined };

export const docOf = (booking: Booking): BookingDoc => ({
  ...toDoc(booking),
  keys: searchKeysOf(booking.buyer),
});
export const bookingOf = ({ keys: _unused, ...doc }: BookingDoc): Booking => fromDoc<Booking>(doc);
