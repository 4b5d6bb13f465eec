import { z } from 'zod';
import { idSchema } from '../shared/ids.ts';
import { lineSchema } from '../shared/text.ts';

/** E.164: + and 8 to 15 digits. */
export const phoneSchema = z.string().regex(/^\+[1-9]\d{7,14}$/, 'must look like +4930123456');

const statisticsSchema = z.object({
  /** Without it nothing of this is kept. */
  consent: z.boolean(),
  birthYear: z.int().min(1900).max(2100).nullable().default(null),
  city: lineSchema(100).nullable().default(null),
  gender: lineSchema(40).nullable().default(null),
});

export const buyerSchema = z
  .object({
    name: lineSchema(120),
    email: z.email().max(254),
    phone: phoneSchema.nullable().default(null),
    /** A word by SMS besides the e-mail, when the tickets are there. */
    wantsSms: z.boolean().optional(),
    statistics: statisticsSchema.nullable().default(null),
  })
  .refine(({ phone, wantsSms }) => phone !== null || wantsSms !== true, {
    path: ['phone'],
    message: 'is needed for an SMS',
  })
  .transform(({ statistics, ...buyer }) => {
    if (statistics === null || !statistics.consent) return { ...buyer, statistics: null };
    const { consent: _given, ...kept } = statistics;
    return { ...buyer, statistics: kept };
  });

/** What a buyer sends to turn a hold into a booking: a ticket type for each held unit. */
export const checkoutInput = z.object({
  eventId: idSchema('evt'),
  holdId: idSchema('hld'),
  buyer: buyerSchema,
  lines: z
    .array(
      z.object({
        unitId: z.string().min(1).max(300),
        ticketTypeId: idSchema('tty'),
        attendeeName: lineSchema(120).nullable().default(null),
      }),
    )
    .min(1)
    .max(100),
});
export type CheckoutInput = z.output<typeof checkoutInput>;
