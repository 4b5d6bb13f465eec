import { calledBy } from '../identity/called-by.ts';
import type { UserStore } from '../identity/ports.ts';
import type { MembershipStore, OrganizationStore } from '../organizations/ports.ts';
import type { OrganizerNotice } from './notices/organizer-notice.ts';
import { organizerLetterOf } from './templates/organizer-letter-of.ts';
import type { WrittenLetter } from './write-account-letter.ts';

export type OrganizerLetterDeps = {
  readonly users: Pick<UserStore, 'find'>;
  readonly organizations: Pick<OrganizationStore, 'find'>;
  readonly memberships: Pick<MembershipStore, 'findOwner'>;
};

/** The letter to whoever owns the organization when it is sent. null only where a restore lost the organization or its owner. */
export const writeOrganizerLetter = async (
  { users, organizations, memberships }: OrganizerLetterDeps,
  notice: OrganizerNotice,
): Promise<WrittenLetter | null> => {
  const organization = await organizations.find(notice.organizationId);
  const owner = await memberships.findOwner(notice.organizationId);
  const user = owner === null ? null : await users.find(owner.userId);
  if (organization === null || user === null) return null;
  return {
    to: { email: user.email, name: user.profile.name },
    letter: organizerLetterOf({
      organizationName: organization.name,
      name: calledBy(user),
      matter: notice,
    }),
  };
};
