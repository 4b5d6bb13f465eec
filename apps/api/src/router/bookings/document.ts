import { DOCUMENT_KINDS } from '@eventhorizon/core/notifications/documents/document';
import { getBookingDocument } from '@eventhorizon/core/notifications/documents/get-booking-document';
import { z } from 'zod';
import { attendeeProcedure } from '../../trpc/procedures.ts';
import { bookingRef } from './booking-ref.ts';

/** A document of one's own booking as base64. Browsers and scripts download it from the plain route, see document-routes.ts. */
export const document = attendeeProcedure
  .input(bookingRef.extend({ kind: z.enum(DOCUMENT_KINDS) }))
  .query(async ({ ctx, input }) => {
    const { content, ...file } = await getBookingDocument(ctx.deps, { ...input, userId: ctx.userId });
    return { ...file, base64: Buffer.from(content).toString('base64') };
  });
