import type { UserStore } from '../identity/ports.ts';
import type { OrganizationId, UserId } from '../shared/ids.ts';
import type { Tx } from '../shared/unit-of-work.ts';
import { type Capability, isAllowed } from './capabilities.ts';
import type { MembershipStore } from './ports.ts';

export type MayStillActDeps = {
  readonly users: Pick<UserStore, 'find'>;
  readonly memberships: Pick<MembershipStore, 'find'>;
};

/**
 * Whether what somebody began in an organization may still go on in their right: the account is not suspended, and is an admin's or a
 * member's who has all these capabilities now.
 */
export const mayStillAct = async (
  { users, memberships }: MayStillActDeps,
  { organizationId, userId }: { readonly organizationId: OrganizationId; readonly userId: UserId },
  capabilities: readonly Capability[],
  tx?: Tx,
): Promise<boolean> => {
  const user = await users.find(userId, tx);
  if (user === null || user.suspension !== null) return false;
  if (user.isAdmin) return true;
  const membership = await memberships.find(organizationId, userId, tx);
  return membership !== null && capabilities.every((capability) => isAllowed(membership.role, capability));
};
