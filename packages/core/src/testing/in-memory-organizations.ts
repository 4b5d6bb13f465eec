import { z } from 'zod';
import type { Membership, Organization } from '../organizations/organization.ts';
import type { MembershipStore, OrganizationStore } from '../organizations/ports.ts';
import { decodeCursor, pageOf } from '../shared/cursor.ts';
import { DomainError } from '../shared/errors.ts';
import { idSchema, type OrganizationId } from '../shared/ids.ts';
import type { Page, PageRequest } from '../shared/page.ts';
import type { Tx, UnitOfWork } from '../shared/unit-of-work.ts';

const cursorSchema = z.tuple([idSchema('mbr')]);

const pageFrom = (of: readonly Membership[], { cursor, limit }: PageRequest): Page<Membership> => {
  const after = cursor === undefined ? '' : decodeCursor(cursor, cursorSchema)[0];
  const rest = of.filter(({ id }) => id > after).toSorted((a, b) => (a.id < b.id ? -1 : 1));
  return pageOf(rest, limit, ({ id }) => [id]);
};

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
    findBySlug: async (slug) => [...kept.organizations.values()].find((one) => one.slug === slug) ?? null,
    changeProfile: async (_tx, id, changes) => {
      const organization = kept.organizations.get(id);
      if (organization === undefined) return null;
      const { slug } = changes;
      if (
        typeof slug === 'string' &&
        [...kept.organizations.values()].some((one) => one.slug === slug && one.id !== id)
      )
        throw new DomainError('organization.slug_taken', {});
      const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
      const changed = { ...organization, ...given };
      kept.organizations.set(id, changed);
      return changed;
    },
    takeTurn: async (_tx, id) => kept.organizations.has(id),
  };
  const indexOf = ({ id, role }: Membership): number =>
    kept.memberships.findIndex((one) => one.id === id && one.role === role);
  const memberships: MembershipStore = {
    insert: async (_tx, membership) => {
      kept.memberships.push(membership);
    },
    findOwn: async (organizationId, id) =>
      kept.memberships.find((m) => m.organizationId === organizationId && m.id === id) ?? null,
    findOwner: async (organizationId) =>
      kept.memberships.find((m) => m.organizationId === organizationId && m.role === 'owner') ?? null,
    listOfOrganization: async (organizationId, page) =>
      pageFrom(
        kept.memberships.filter((m) => m.organizationId === organizationId),
        page,
      ),
    changeRole: async (_tx, from, role) => {
      const at = indexOf(from);
      if (at >= 0) kept.memberships[at] = { ...from, role };
      return at >= 0;
    },
    remove: async (_tx, from) => {
      const at = indexOf(from);
      if (at >= 0) kept.memberships.splice(at, 1);
      return at >= 0;
    },
    find: async (organizationId, userId) =>
      kept.memberships.find((m) => m.organizationId === organizationId && m.userId === userId) ?? null,
    listOfUser: async (userId, page) =>
      pageFrom(
        kept.memberships.filter((m) => m.userId === userId),
        page,
      ),
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
