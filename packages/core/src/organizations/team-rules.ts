import { DomainError } from '../shared/errors.ts';
import type { ActingRole, Role } from './capabilities.ts';

/** Seller, scanner and analyst are beside each other: none is more than another. */
const RANK: Readonly<Record<ActingRole, number>> = {
  platform_admin: 3,
  owner: 3,
  manager: 2,
  seller: 1,
  analyst: 1,
  scanner: 1,
};

/** Nobody gives a role above their own. Throws `membership.out_of_rank`. */
export const requireMayGive = (acting: ActingRole, role: Role): void => {
  if (RANK[role] > RANK[acting]) throw new DomainError('membership.out_of_rank', { role, acting });
};

/**
 * A member is changed and removed by who stands above them, and the owner by nobody: ownership moves by transfer. Throws
 * `membership.is_owner`, `membership.out_of_rank`.
 */
export const requireMayChange = (acting: ActingRole, role: Role): void => {
  if (role === 'owner') throw new DomainError('membership.is_owner', {});
  if (RANK[role] >= RANK[acting]) throw new DomainError('membership.out_of_rank', { role, acting });
};
