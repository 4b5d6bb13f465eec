import { DomainError } from '../../shared/errors.ts';
import type { UserId } from '../../shared/ids.ts';
import type { DocumentAllowance } from '../ports.ts';

export type CountDocumentDeps = { readonly documentAllowance: DocumentAllowance };

/**
 * Before anything is drawn, so that nobody's loop keeps the others from their tickets. An account has one allowance, whether it asks for
 * itself or as a member of an organization, because it may open one organization after another. Throws `document.too_many`.
 */
export const countDocument = async (
  { documentAllowance }: CountDocumentDeps,
  userId: UserId,
  pages: number,
): Promise<void> => {
  const retryAfterMs = await documentAllowance.take(userId, pages);
  if (retryAfterMs !== null) throw new DomainError('document.too_many', { retryAfterMs });
};
