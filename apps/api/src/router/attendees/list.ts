import {
  listAttendeeImports,
  listAttendeeImportsInput,
} from '@eventhorizon/core/attendees/list-attendee-imports';
import { organizerProcedure } from '../../trpc/procedures.ts';

export const list = organizerProcedure('boxoffice.sell')
  .input(listAttendeeImportsInput)
  .query(({ ctx, input }) => listAttendeeImports(ctx.deps, input));
