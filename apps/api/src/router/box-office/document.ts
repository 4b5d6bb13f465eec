import { DOCUMENT_KINDS } from '@eventhorizon/core/notifications/documents/document';
import { getSoldDocument } from '@eventhorizon/core/notifications/documents/get-sold-document';
import { z } from 'zod';
import { organizerProcedure } from '../../trpc/procedures.ts';
import { bookingRef } from '../bookings/booking-ref.ts';

/** A document of a booking that the organization sold, as base64. */
export const document = organizerProcedure('boxoffice.sell')
  .input(bookingRef.extend({ kind: z.enum(DOCUMENT_KINDS) }))
  .query(async ({ ctx, input }) => {
    const { content, ...file } = await getSoldDocument(ctx.deps, { ...input, userId: ctx.userId });
    return { ...file, base64: Buffer.from(content).toString('base64') };
  });
