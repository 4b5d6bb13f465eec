import { attendeeImportRef, getAttendeeImport } from '@eventhorizon/core/attendees/get-attendee-import';
import { organizerProcedure } from '../../trpc/procedures.ts';

export const get = organizerProcedure('boxoffice.sell')
  .input(attendeeImportRef)
  .query(({ ctx, input }) => getAttendeeImport(ctx.deps, input));
