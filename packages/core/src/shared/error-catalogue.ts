import { bookingRefusals } from './refusals/booking-refusals.ts';
import { commonRefusals } from './refusals/common-refusals.ts';
import { eventRefusals } from './refusals/event-refusals.ts';
import { holdRefusals } from './refusals/hold-refusals.ts';
import { identityRefusals } from './refusals/identity-refusals.ts';
import { organizationRefusals } from './refusals/organization-refusals.ts';
import { paymentRefusals } from './refusals/payment-refusals.ts';
import type { Refusal } from './refusals/refusal.ts';
import { roomRefusals } from './refusals/room-refusals.ts';
import { transferRefusals } from './refusals/transfer-refusals.ts';
import { venueRefusals } from './refusals/venue-refusals.ts';
import { waitlistRefusals } from './refusals/waitlist-refusals.ts';

/**
 * Every refusal there is, by area in a file each. Codes are part of the API: add, never rename. Messages say what to do next. One with
 * details needs an example of them in errors.test.ts.
 */
export const errorCatalogue = {
  ...commonRefusals,
  ...identityRefusals,
  ...organizationRefusals,
  ...venueRefusals,
  ...eventRefusals,
  ...holdRefusals,
  ...roomRefusals,
  ...bookingRefusals,
  ...transferRefusals,
  ...paymentRefusals,
  ...waitlistRefusals,
} as const;

export type ErrorCode = keyof typeof errorCatalogue;
export type ErrorDetails<C extends ErrorCode> =
  (typeof errorCatalogue)[C] extends Refusal<infer D> ? D : never;
