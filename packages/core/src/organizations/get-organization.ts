import { DomainError } from '../shared/errors.ts';
import type { OrganizationId } from '../shared/ids.ts';
import type { Organization } from './organization.ts';
import type { OrganizationStore } from './ports.ts';

/** Throws `thing.not_found`. */
export const getOrganization = async (
  { organizations }: { readonly organizations: Pick<OrganizationStore, 'find'> },
  { organizationId }: { readonly organizationId: OrganizationId },
): Promise<Organization> => {
  const organization = await organizations.find(organizationId);
  if (organization === null) throw new DomainError('thing.not_found', { thing: 'organization' });
  return organization;
};
