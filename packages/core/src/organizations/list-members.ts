import type { z } from 'zod';
import type { UserStore } from '../identity/ports.ts';
import { idSchema } from '../shared/ids.ts';
import { type Page, pageRequestSchema } from '../shared/page.ts';
import type { Membership } from './organization.ts';
import type { MembershipStore } from './ports.ts';

export const listMembersSchema = pageRequestSchema.extend({ organizationId: idSchema('org') });
export type ListMembers = z.output<typeof listMembersSchema>;

/** `account` is null when there is none any more. */
export type Member = Pick<Membership, 'id' | 'userId' | 'role'> & {
  readonly since: Date;
  readonly account: {
    readonly username: string;
    readonly email: string;
    readonly name: string | null;
  } | null;
};

export type ListMembersDeps = {
  readonly memberships: Pick<MembershipStore, 'listOfOrganization'>;
  readonly users: Pick<UserStore, 'findMany'>;
};

/** Who belongs to an organization, oldest first. Throws `cursor.invalid`. */
export const listMembers = async (
  { memberships, users }: ListMembersDeps,
  { organizationId, ...page }: ListMembers,
): Promise<Page<Member>> => {
  const { items, nextCursor } = await memberships.listOfOrganization(organizationId, page);
  const found = await users.findMany(items.map(({ userId }) => userId));
  const byId = new Map(found.map((user) => [user.id, user]));
  return {
    nextCursor,
    items: items.map(({ id, userId, role, createdAt }) => {
      const user = byId.get(userId);
      const account =
        user === undefined ? null : { username: user.username, email: user.email, name: user.profile.name };
      return { id, userId, role, since: createdAt, account };
    }),
  };
};
