import { z } from 'zod';
import { phoneSchema } from '../bookings/checkout-input.ts';
import { emailSchema } from '../identity/identity-schemas.ts';
import { mailTokenSchema } from '../identity/mail-token.ts';
import { idSchema } from '../shared/ids.ts';
import { lineSchema, proseSchema } from '../shared/text.ts';

/** Mail programs make a link of `www.…`, of `https://…` and of `evil.example`. Nobody is sent one in our name by a stranger. */
export const WEB_ADDRESS = /:\/\/|\bwww\.|[\p{L}\p{N}]\.\p{L}{2,}/iu;

const messageSchema = proseSchema(300)
  .transform((text) => text.trim())
  .refine(
    (text) => !WEB_ADDRESS.test(text),
    'must not have web or e-mail addresses; put a space behind each full stop',
  )
  .transform((text) => (text === '' ? null : text));

const attendeeNameSchema = lineSchema(120).nullable().default(null);

export const startTransferSchema = z.object({
  ticketId: idSchema('tkt'),
  /** Whom it goes to: an account with this address, confirmed, can accept it. */
  email: emailSchema,
  /** Who is to come; printed on the ticket unless the receiver says otherwise. */
  attendeeName: attendeeNameSchema,
  /** A few words for the letter. */
  message: messageSchema.nullable().default(null),
});
export type StartTransfer = z.output<typeof startTransferSchema>;

export const transferRefSchema = z.object({ transferId: idSchema('trf') });
export type TransferRef = z.output<typeof transferRefSchema>;

export const transferTokenSchema = z.object({ token: mailTokenSchema });
export type TransferToken = z.output<typeof transferTokenSchema>;

export const acceptTransferSchema = transferTokenSchema
  .extend({
    /** Who comes; null: whom the sender named. */
    attendeeName: attendeeNameSchema,
    phone: phoneSchema.nullable().default(null),
    /** A word by SMS besides the e-mail. */
    wantsSms: z.boolean().default(false),
  })
  .refine(({ phone, wantsSms }) => phone !== null || !wantsSms, {
    path: ['phone'],
    message: 'is needed for an SMS',
  });
export type AcceptTransfer = z.output<typeof acceptTransferSchema>;
