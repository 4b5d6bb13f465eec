import { attendeeImportRef } from '@eventhorizon/core/attendees/get-attendee-import';
import { mailAttendees } from '@eventhorizon/core/flows/mail-attendees';
import { organizerProcedure } from '../../trpc/procedures.ts';

/** Mails the tickets of a list that was sold without letters: one letter each, however often it is called. */
export const mail = organizerProcedure('boxoffice.sell')
  .input(attendeeImportRef)
  .mutation(({ ctx, input }) => mailAttendees(ctx.deps, { ...input, userId: ctx.userId }));
