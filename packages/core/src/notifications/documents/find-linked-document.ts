import { type FindLinkedTicketsDeps, findLinkedTickets } from '../find-linked-tickets.ts';
import type { TicketDocuments } from '../ports.ts';
import { bookingDocument } from './booking-document.ts';
import type { DocumentFile, DocumentKind } from './document.ts';
import { findSurroundings, type SurroundingsDeps } from './surroundings.ts';

export type FindLinkedDocumentDeps = FindLinkedTicketsDeps &
  SurroundingsDeps & { readonly documents: TicketDocuments };

/** Not the receipt: it has the buyer's address and what was paid, which who was sent the link need not know. */
export type LinkedDocumentKind = Exclude<DocumentKind, 'receipt'>;

/** A document behind a ticket link; null where the link opens nothing (any more), or there is no such document. */
export const findLinkedDocument = async (
  deps: FindLinkedDocumentDeps,
  { code, kind }: { readonly code: string; readonly kind: LinkedDocumentKind },
): Promise<DocumentFile | null> => {
  const linked = await findLinkedTickets(deps, code);
  if (linked === null) return null;
  const { booking, tickets } = linked;
  return await bookingDocument(deps.documents, kind, booking, tickets, await findSurroundings(deps, booking));
};
