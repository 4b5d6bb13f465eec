import { z } from 'zod';
import { DomainError } from '../shared/errors.ts';
import type { PublicOrganization } from './organization.ts';
import { slugSchema } from './organization-profile-schema.ts';
import type { OrganizationStore } from './ports.ts';

export const getPublicOrganizationSchema = z.object({ slug: slugSchema });
export type GetPublicOrganization = z.output<typeof getPublicOrganizationSchema>;

/** Who sells, for everybody: by the name that it chose for addresses. Throws `thing.not_found`. */
export const getPublicOrganization = async (
  { organizations }: { readonly organizations: Pick<OrganizationStore, 'findBySlug'> },
  { slug }: GetPublicOrganization,
): Promise<PublicOrganization> => {
  const organization = await organizations.findBySlug(slug);
  if (organization === null) throw new DomainError('thing.not_found', { thing: 'organization' });
  const { id, name, description, contactEmail } = organization;
  return { id, name, slug, description, contactEmail };
};
