import {
  getTicketDocument,
  TICKET_DOCUMENT_KINDS,
} from '@eventhorizon/core/notifications/documents/get-ticket-document';
import { z } from 'zod';
import { attendeeProcedure } from '../../trpc/procedures.ts';
import { ticketRef } from './ticket-ref.ts';

/** A document of a ticket that the caller holds, as base64. Browsers and scripts download it from the plain route, see document-routes.ts. */
export const document = attendeeProcedure
  .input(ticketRef.extend({ kind: z.enum(TICKET_DOCUMENT_KINDS) }))
  .query(async ({ ctx, input }) => {
    const { content, ...file } = await getTicketDocument(ctx.deps, { ...input, userId: ctx.userId });
    return { ...file, base64: Buffer.from(content).toString('base64') };
  });
