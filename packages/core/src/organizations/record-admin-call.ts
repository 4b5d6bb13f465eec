import type { UnitOfWork } from '../shared/unit-of-work.ts';
import type { OrganizationAccess } from './get-membership.ts';
import { type RecordTeamActDeps, recordTeamAct } from './record-team-act.ts';

export type RecordAdminCallDeps = RecordTeamActDeps & { readonly unitOfWork: UnitOfWork };

/**
 * Takes down that an admin of the platform is about to change something of an organization whose member they need not be: before the
 * call, so that none goes unseen, whatever becomes of it.
 */
export const recordAdminCall = (
  deps: RecordAdminCallDeps,
  { organizationId, userId, role }: OrganizationAccess,
  what: string,
): Promise<void> =>
  deps.unitOfWork.run((tx) =>
    recordTeamAct(deps, tx, { organizationId, kind: 'admin_called', by: { userId, as: role }, what }),
  );
