import { listWaitlistInput } from '@eventhorizon/core/waitlist/desk-input';
import { listWaitlist } from '@eventhorizon/core/waitlist/list-waitlist';
import { organizerProcedure } from '../../trpc/procedures.ts';

/** An event's list in its order. Persons are shown to roles that may read bookings. */
export const list = organizerProcedure('waitlist.read')
  .input(listWaitlistInput)
  .query(({ ctx, input }) => listWaitlist(ctx.deps, { ...input, access: ctx.access }));
