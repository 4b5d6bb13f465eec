import { DomainError } from '../../shared/errors.ts';
import type { OrganizationId, UserId } from '../../shared/ids.ts';
import type { DocumentAllowance } from '../ports.ts';

export type CountDocumentDeps = { readonly documentAllowance: DocumentAllowance };

/** An account for itself, or a member who sells for an organization. */
export type DocumentAsker = { readonly userId: UserId; readonly organizationId?: OrganizationId };

/** Before anything is drawn, so that nobody's loop keeps the others from their tickets. Throws `document.too_many`. */
export const countDocument = async (
  { documentAllowance }: CountDocumentDeps,
  { userId, organizationId }: DocumentAsker,
  pages: number,
): Promise<void> => {
  const whose = organizationId === undefined ? userId : `${organizationId}:${userId}`;
  const retryAfterMs = await documentAllowance.take(whose, pages);
  if (retryAfterMs !== null) throw new DomainError('document.too_many', { retryAfterMs });
};
