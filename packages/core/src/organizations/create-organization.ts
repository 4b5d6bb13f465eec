import { z } from 'zod';
import { type LimitDeps, limitActs } from '../identity/attempts.ts';
import type { Clock } from '../shared/clock.ts';
import type { IdSource, UserId } from '../shared/ids.ts';
import type { UnitOfWork } from '../shared/unit-of-work.ts';
import type { Membership, Organization } from './organization.ts';
import { organizationNameSchema } from './organization-profile-schema.ts';
import type { MembershipStore, OrganizationStore } from './ports.ts';

export const createOrganizationSchema = z.object({ name: organizationNameSchema });
export type CreateOrganization = z.output<typeof createOrganizationSchema>;

export type CreateOrganizationDeps = LimitDeps & {
  readonly unitOfWork: UnitOfWork;
  readonly organizations: Pick<OrganizationStore, 'insert'>;
  readonly memberships: Pick<MembershipStore, 'insert'>;
  readonly ids: IdSource;
  readonly clock: Clock;
};

/** The creator becomes its owner, in the same transaction: there is no organization without one. Throws `account.too_often`. */
export const createOrganization = async (
  deps: CreateOrganizationDeps,
  { userId, name }: CreateOrganization & { readonly userId: UserId },
): Promise<{ readonly organization: Organization; readonly membership: Membership }> => {
  await limitActs(deps, 'create_organization_per_account', userId);
  const now = deps.clock.now();
  const organization: Organization = {
    id: deps.ids.next('org'),
    name,
    slug: null,
    description: '',
    contactEmail: null,
    createdBy: userId,
    createdAt: now,
  };
  const membership: Membership = {
    id: deps.ids.next('mbr'),
    organizationId: organization.id,
    userId,
    role: 'owner',
    createdAt: now,
  };
  await deps.unitOfWork.run(async (tx) => {
    await deps.organizations.insert(tx, organization);
    await deps.memberships.insert(tx, membership);
  });
  return { organization, membership };
};
