import { z } from 'zod';
import { DomainError } from '../shared/errors.ts';
import { idSchema } from '../shared/ids.ts';
import type { Organization } from './organization.ts';
import { organizationChangesSchema } from './organization-profile-schema.ts';
import type { OrganizationStore } from './ports.ts';

export const updateOrganizationSchema = z.object({
  organizationId: idSchema('org'),
  changes: organizationChangesSchema,
});
export type UpdateOrganization = z.output<typeof updateOrganizationSchema>;

/** Changes the fields given and leaves the others. Throws `organization.slug_taken`, `thing.not_found`. */
export const updateOrganization = async (
  { organizations }: { readonly organizations: Pick<OrganizationStore, 'changeProfile'> },
  { organizationId, changes }: UpdateOrganization,
): Promise<Organization> => {
  const changed = await organizations.changeProfile(organizationId, changes);
  if (changed === null) throw new DomainError('thing.not_found', { thing: 'organization' });
  return changed;
};
