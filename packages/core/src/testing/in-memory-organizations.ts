import { z } from 'zod';
import type { Membership, Organization } from '../organizations/organization.ts';
import type { MembershipStore, OrganizationStore } from '../organizations/ports.ts';
import { decodeCursor, pageOf } from '../shared/cursor.ts';
import { idSchema, type OrganizationId } from '../shared/ids.ts';
import type { Tx, UnitOfWork } from '../shared/unit-of-work.ts';

const cursorSchema = z.tuple([idSchema('mbr')]);

/** Organizations and memberships in memory, with a unit of work that undoes what a failed one wrote. */
export const inMemoryOrganizations = () => {
  let kept: { organizations: Map<OrganizationId, Organization>; memberships: Membership[] } = {
    organizations: new Map(),
    memberships: [],
  };
  const organizations: OrganizationStore = {
    insert: async (_tx, organization) => {
      kept.organizations.set(organization.id, organization);
    },
    find: async (id) => kept.organizations.get(id) ?? null,
    findMany: async (ids) => ids.flatMap((id) => kept.organizations.get(id) ?? []),
  };
  const memberships: MembershipStore = {
    insert: async (_tx, membership) => {
      kept.memberships.push(membership);
    },
    find: async (organizationId, userId) =>
      kept.memberships.find((m) => m.organizationId === organizationId && m.userId === userId) ?? null,
    listOfUser: async (userId, { cursor, limit }) => {
      const after = cursor === undefined ? '' : decodeCursor(cursor, cursorSchema)[0];
      const mine = kept.memberships
        .filter((m) => m.userId === userId && m.id > after)
        .toSorted((a, b) => (a.id < b.id ? -1 : 1));
      return pageOf(mine, limit, ({ id }) => [id]);
    },
  };
  const unitOfWork: UnitOfWork = {
    run: async (work) => {
      const before = {
        organizations: new Map(kept.organizations),
        memberships: [...kept.memberships],
      };
      try {
        return await work({} as Tx);
      } catch (error) {
        kept = before;
        throw error;
      }
    },
  };
  return { organizations, memberships, unitOfWork };
};
