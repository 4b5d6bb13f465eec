import { idSchema } from '@eventhorizon/core/shared/ids';
import { z } from 'zod';

const stepsSchema = z.array(z.object({ untilMs: z.int(), percent: z.int() })).readonly();

/** A refund policy as events and bookings keep it. */
export const refundPolicyDocSchema = z.object({
  steps: stepsSchema,
  feesReturned: z.boolean(),
  exceptions: z.array(z.object({ ticketTypeId: idSchema('tty'), steps: stepsSchema })).readonly(),
});
