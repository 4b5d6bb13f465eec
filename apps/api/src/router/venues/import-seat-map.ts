import { importSeatMapInput, importSeatMap as storeSeatMap } from '@eventhorizon/core/venues/import-seat-map';
import { organizerProcedure } from '../../trpc/procedures.ts';

/** 100,000 seats are parsed and stored: the one procedure that may take long. */
const IMPORT_DEADLINE_MS = 120_000;

export const importSeatMap = organizerProcedure('venues.write')
  .meta({ deadlineMs: IMPORT_DEADLINE_MS })
  .input(importSeatMapInput)
  .mutation(({ ctx, input }) => storeSeatMap(ctx.deps, input));
