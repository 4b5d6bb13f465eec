import { attendeeImportRef } from '@eventhorizon/core/attendees/get-attendee-import';
import { getImportReport } from '@eventhorizon/core/attendees/get-import-report';
import { organizerProcedure } from '../../trpc/procedures.ts';

/** What became of each line, as a CSV file. */
export const report = organizerProcedure('boxoffice.sell')
  .input(attendeeImportRef)
  .query(({ ctx, input }) => getImportReport(ctx.deps, input));
