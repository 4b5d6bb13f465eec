import { attendeeImportRef } from '@eventhorizon/core/attendees/get-attendee-import';
import { resumeAttendeeImport } from '@eventhorizon/core/flows/resume-attendee-import';
import { organizerProcedure } from '../../trpc/procedures.ts';

/** Sets a running import going again whose job was given up. */
export const resume = organizerProcedure('boxoffice.sell')
  .input(attendeeImportRef)
  .mutation(({ ctx, input }) => resumeAttendeeImport(ctx.deps, input));
