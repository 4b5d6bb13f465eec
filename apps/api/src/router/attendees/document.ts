import { getImportDocument, importDocumentInput } from '@eventhorizon/core/flows/get-import-document';
import { organizerProcedure } from '../../trpc/procedures.ts';

/** A part of the tickets of a list to print, as base64; `parts` says how many there are. */
export const document = organizerProcedure('boxoffice.sell')
  .input(importDocumentInput)
  .query(async ({ ctx, input }) => {
    const { file, ...part } = await getImportDocument(ctx.deps, { ...input, userId: ctx.userId });
    if (file === null) return { ...part, file };
    const { content, ...named } = file;
    return { ...part, file: { ...named, base64: Buffer.from(content).toString('base64') } };
  });
