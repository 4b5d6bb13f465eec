import { z } from 'zod';
import type { Clock } from '../shared/clock.ts';
import { DomainError } from '../shared/errors.ts';
import { idSchema } from '../shared/ids.ts';
import type { Outbox, UnitOfWork } from '../shared/unit-of-work.ts';
import type { Organization } from './organization.ts';
import { organizationChangesSchema } from './organization-profile-schema.ts';
import type { OrganizationStore } from './ports.ts';

export const updateOrganizationSchema = z.object({
  organizationId: idSchema('org'),
  changes: organizationChangesSchema,
});
export type UpdateOrganization = z.output<typeof updateOrganizationSchema>;

export type UpdateOrganizationDeps = {
  readonly organizations: Pick<OrganizationStore, 'changeProfile'>;
  readonly unitOfWork: UnitOfWork;
  readonly outbox: Outbox;
  readonly clock: Clock;
};

/**
 * Changes the fields given and leaves the others; public listings follow a new name. Throws `organization.slug_taken`,
 * `thing.not_found`.
 */
export const updateOrganization = (
  { organizations, unitOfWork, outbox, clock }: UpdateOrganizationDeps,
  { organizationId, changes }: UpdateOrganization,
): Promise<Organization> =>
  unitOfWork.run(async (tx) => {
    const changed = await organizations.changeProfile(tx, organizationId, changes);
    if (changed === null) throw new DomainError('thing.not_found', { thing: 'organization' });
    if (changes.name !== undefined)
      await outbox.add(tx, [
        { job: 'listing.follow_organization', payload: { organizationId }, dueAt: clock.now() },
      ]);
    return changed;
  });
