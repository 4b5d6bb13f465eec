import { attendeeImportRef } from '@eventhorizon/core/attendees/get-attendee-import';
import { resumeAttendeeImport } from '@eventhorizon/core/flows/resume-attendee-import';
import { organizerProcedure } from '../../trpc/procedures.ts';

/** Sets an import going again: a running one whose job was given up, or one that was stopped, in the caller's right. */
export const resume = organizerProcedure('boxoffice.sell')
  .input(attendeeImportRef)
  .mutation(({ ctx, input }) => resumeAttendeeImport(ctx.deps, { ...input, access: ctx.access }));
