import {
  startAttendeeImport,
  startAttendeeImportInput,
} from '@eventhorizon/core/flows/start-attendee-import';
import { organizerProcedure } from '../../trpc/procedures.ts';

/** Stores a list of attendees; the worker sells it line by line. A mutation also as a dry run, because a file is no query. */
export const importList = organizerProcedure('boxoffice.sell')
  .input(startAttendeeImportInput)
  .mutation(({ ctx, input }) => startAttendeeImport(ctx.deps, { ...input, access: ctx.access }));
