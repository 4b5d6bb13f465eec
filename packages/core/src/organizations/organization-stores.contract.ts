import { describe, expect, test } from 'vitest';
import type { Id, IdSource, OrganizationId, UserId } from '../shared/ids.ts';
import type { UnitOfWork } from '../shared/unit-of-work.ts';
import { countingIds } from '../testing/counting-ids.ts';
import { fakeClock } from '../testing/fake-clock.ts';
import { inMemoryAttempts } from '../testing/in-memory-attempts.ts';
import { createOrganization } from './create-organization.ts';
import { listMyOrganizations } from './list-my-organizations.ts';
import type { Membership, OrganizationProfile } from './organization.ts';
import type { MembershipStore, OrganizationStore } from './ports.ts';

type Stores = {
  readonly organizations: OrganizationStore;
  readonly memberships: MembershipStore;
  readonly unitOfWork: UnitOfWork;
};

const ada = `usr_${'1'.repeat(26)}` as Id<'usr'>;
const bob = `usr_${'2'.repeat(26)}` as Id<'usr'>;

/** Three scanners. */
const addMembers = async (
  { memberships, unitOfWork }: Stores,
  organizationId: OrganizationId,
  ids: IdSource,
  createdAt: Date,
): Promise<Membership[]> => {
  const added = [3, 4, 5].map((n): Membership => {
    const userId = `usr_${String(n).repeat(26)}` as Id<'usr'>;
    return { id: ids.next('mbr'), organizationId, userId, role: 'scanner', createdAt };
  });
  for (const one of added) await unitOfWork.run((tx) => memberships.insert(tx, one));
  return added;
};

/** What the two stores and the unit of work promise together. `open` gives empty ones. */
export const organizationStoresContract = (open: () => Promise<AsyncDisposable & Stores>): void => {
  describe('organization and membership stores', () => {
    const world = (stores: Stores) => {
      const clock = fakeClock();
      const deps = { ...stores, ids: countingIds(), clock, attempts: inMemoryAttempts(clock) };
      return {
        ...deps,
        create: (userId: UserId, name: string) => createOrganization(deps, { userId, name }),
      };
    };

    test('a new organization has its creator as owner', async () => {
      await using stores = await open();
      const { organization, membership } = await world(stores).create(ada, 'Opera');
      expect(membership).toMatchObject({ role: 'owner', userId: ada, organizationId: organization.id });
      expect(await stores.organizations.find(organization.id)).toEqual(organization);
      expect(await stores.memberships.find(organization.id, ada)).toEqual(membership);
      expect(await stores.memberships.find(organization.id, bob)).toBeNull();
    });

    test('no organization is left without an owner when the membership cannot be stored', async () => {
      await using stores = await open();
      const broken: MembershipStore = {
        ...stores.memberships,
        insert: async () => {
          throw new Error('no more room');
        },
      };
      const ids = countingIds();
      const clock = fakeClock();
      const deps = { ...stores, memberships: broken, ids, clock, attempts: inMemoryAttempts(clock) };
      await expect(createOrganization(deps, { userId: ada, name: 'Opera' })).rejects.toThrow('no more room');
      expect(await stores.organizations.find(`org_${'1'.padStart(26, '0')}` as Id<'org'>)).toBeNull();
    });

    test('everybody lists their own, oldest first, page by page, each once', async () => {
      await using stores = await open();
      const { create } = world(stores);
      for (const name of ['One', 'Two', 'Three', 'Four', 'Five']) await create(ada, name);
      await create(bob, 'Other');
      const names: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await listMyOrganizations(stores, { userId: ada, limit: 2, cursor });
        expect(page.items.length).toBeLessThanOrEqual(2);
        names.push(...page.items.map(({ organization }) => organization.name));
        cursor = page.nextCursor ?? undefined;
      } while (cursor !== undefined);
      expect(names).toEqual(['One', 'Two', 'Three', 'Four', 'Five']);
    });

    test('a page that is exactly full is the last one', async () => {
      await using stores = await open();
      const { create } = world(stores);
      await create(ada, 'One');
      await create(ada, 'Two');
      const page = await listMyOrganizations(stores, { userId: ada, limit: 2 });
      expect(page).toMatchObject({ items: [{ role: 'owner' }, { role: 'owner' }], nextCursor: null });
    });

    test.each(['nonsense', '', Buffer.from('[{"$gt":""}]').toString('base64url')])(
      'the cursor %j is refused',
      async (cursor) => {
        await using stores = await open();
        await expect(stores.memberships.listOfUser(ada, { cursor, limit: 2 })).rejects.toMatchObject({
          code: 'cursor.invalid',
        });
      },
    );

    test('the members of an organization are listed page by page, oldest first, and no foreign ones', async () => {
      await using stores = await open();
      const { create, ids, clock } = world(stores);
      const { organization, membership } = await create(ada, 'Opera');
      await create(bob, 'Other');
      const more = await addMembers(stores, organization.id, ids, clock.now());
      const seen: Membership[] = [];
      let cursor: string | undefined;
      do {
        const page = await stores.memberships.listOfOrganization(organization.id, { cursor, limit: 2 });
        seen.push(...page.items);
        cursor = page.nextCursor ?? undefined;
      } while (cursor !== undefined);
      expect(seen).toEqual([membership, ...more]);
    });

    test('a member is found by its own organization only, and so is the owner', async () => {
      await using stores = await open();
      const { create } = world(stores);
      const opera = await create(ada, 'Opera');
      const other = await create(bob, 'Other');
      const { memberships } = stores;
      expect(await memberships.findOwn(opera.organization.id, opera.membership.id)).toEqual(opera.membership);
      expect(await memberships.findOwn(other.organization.id, opera.membership.id)).toBeNull();
      expect(await memberships.findOwner(opera.organization.id)).toEqual(opera.membership);
    });

    test('a role is changed, and a member removed, only as they were read', async () => {
      await using stores = await open();
      const { create, ids, clock } = world(stores);
      const { organization } = await create(ada, 'Opera');
      const [member] = await addMembers(stores, organization.id, ids, clock.now());
      if (member === undefined) throw new Error('no member');
      const { memberships, unitOfWork } = stores;
      const change = (from: Membership, role: 'manager' | 'analyst') =>
        unitOfWork.run((tx) => memberships.changeRole(tx, from, role));
      expect(await change(member, 'manager')).toBe(true);
      expect(await change(member, 'analyst')).toBe(false);
      expect(await unitOfWork.run((tx) => memberships.remove(tx, member))).toBe(false);
      const now = { ...member, role: 'manager' as const };
      expect(await memberships.find(organization.id, member.userId)).toEqual(now);
      expect(await unitOfWork.run((tx) => memberships.remove(tx, now))).toBe(true);
      expect(await unitOfWork.run((tx) => memberships.remove(tx, now))).toBe(false);
      expect(await memberships.find(organization.id, member.userId)).toBeNull();
    });

    test('a profile changes by the fields given, and a slug leads to one organization', async () => {
      await using stores = await open();
      const { create } = world(stores);
      const { organization } = await create(ada, 'Opera');
      const other = await create(bob, 'Other');
      const change = (id: OrganizationId, changes: Partial<OrganizationProfile>) =>
        stores.unitOfWork.run((tx) => stores.organizations.changeProfile(tx, id, changes));
      const { organizations } = stores;
      const named = await change(organization.id, {
        slug: 'opera',
        description: 'Loud',
      });
      expect(named).toEqual({ ...organization, slug: 'opera', description: 'Loud' });
      expect(await change(organization.id, {})).toEqual(named);
      expect(await organizations.findBySlug('opera')).toEqual(named);
      expect(await organizations.findBySlug('other')).toBeNull();
      await expect(change(other.organization.id, { slug: 'opera', name: 'Thief' })).rejects.toMatchObject({
        code: 'organization.slug_taken',
      });
      expect(await organizations.find(other.organization.id)).toEqual(other.organization);
      await change(organization.id, { slug: null });
      await change(other.organization.id, { slug: 'opera' });
      const nowhere = `org_${'9'.repeat(26)}` as Id<'org'>;
      expect(await change(nowhere, { name: 'Nothing' })).toBeNull();
    });

    test('there is a turn to take in an organization that exists only', async () => {
      await using stores = await open();
      const { organization } = await world(stores).create(ada, 'Opera');
      const take = (id: Id<'org'>) => stores.unitOfWork.run((tx) => stores.organizations.takeTurn(tx, id));
      expect(await take(organization.id)).toBe(true);
      expect(await take(`org_${'9'.repeat(26)}` as Id<'org'>)).toBe(false);
      expect(await stores.organizations.find(organization.id)).toEqual(organization);
    });

    test('several organizations are found by their ids, missing ones are left out', async () => {
      await using stores = await open();
      const { organization } = await world(stores).create(ada, 'Opera');
      const missing = `org_${'9'.repeat(26)}` as Id<'org'>;
      expect(await stores.organizations.findMany([missing, organization.id])).toEqual([organization]);
      expect(await stores.organizations.findMany([])).toEqual([]);
    });
  });
};
