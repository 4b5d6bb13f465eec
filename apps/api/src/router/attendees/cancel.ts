import { cancelAttendeeImport } from '@eventhorizon/core/attendees/cancel-attendee-import';
import { attendeeImportRef } from '@eventhorizon/core/attendees/get-attendee-import';
import { organizerProcedure } from '../../trpc/procedures.ts';

/** Cancels the lines that wait; what is sold stays sold. */
export const cancel = organizerProcedure('boxoffice.sell')
  .input(attendeeImportRef)
  .mutation(({ ctx, input }) => cancelAttendeeImport(ctx.deps, input));
