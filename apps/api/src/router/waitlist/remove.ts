import { removeEntry } from '@eventhorizon/core/flows/remove-entry';
import { removeEntryInput } from '@eventhorizon/core/waitlist/desk-input';
import { organizerProcedure } from '../../trpc/procedures.ts';

/** Takes an entry off the list, and back what is offered to it. */
export const remove = organizerProcedure('waitlist.write')
  .input(removeEntryInput)
  .mutation(({ ctx, input }) => removeEntry(ctx.deps, { ...input, access: ctx.access }));
