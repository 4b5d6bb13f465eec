import { referenceSchema } from '@eventhorizon/core/bookings/reference';
import { getSoldByReference as getByReference } from '@eventhorizon/core/flows/get-sold-by-reference';
import { z } from 'zod';
import { organizerProcedure } from '../../trpc/procedures.ts';

/** The same by the reference that a caller names, of whichever event. */
export const getSoldByReference = organizerProcedure('bookings.read')
  .input(z.object({ reference: referenceSchema }))
  .query(({ ctx, input }) => getByReference(ctx.deps, input));
