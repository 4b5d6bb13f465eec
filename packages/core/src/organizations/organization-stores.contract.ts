import { describe, expect, test } from 'vitest';
import type { Id, UserId } from '../shared/ids.ts';
import type { UnitOfWork } from '../shared/unit-of-work.ts';
import { countingIds } from '../testing/counting-ids.ts';
import { fakeClock } from '../testing/fake-clock.ts';
import { createOrganization } from './create-organization.ts';
import { listMyOrganizations } from './list-my-organizations.ts';
import type { MembershipStore, OrganizationStore } from './ports.ts';

type Stores = {
  readonly organizations: OrganizationStore;
  readonly memberships: MembershipStore;
  readonly unitOfWork: UnitOfWork;
};

const ada = `usr_${'1'.repeat(26)}` as Id<'usr'>;
const bob = `usr_${'2'.repeat(26)}` as Id<'usr'>;

/** What the two stores and the unit of work promise together. `open` gives empty ones. */
export const organizationStoresContract = (open: () => Promise<AsyncDisposable & Stores>): void => {
  describe('organization and membership stores', () => {
    const world = (stores: Stores) => {
      const deps = { ...stores, ids: countingIds(), clock: fakeClock() };
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
      const deps = { ...stores, memberships: broken, ids, clock: fakeClock() };
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

    test('several organizations are found by their ids, missing ones are left out', async () => {
      await using stores = await open();
      const { organization } = await world(stores).create(ada, 'Opera');
      const missing = `org_${'9'.repeat(26)}` as Id<'org'>;
      expect(await stores.organizations.findMany([missing, organization.id])).toEqual([organization]);
      expect(await stores.organizations.findMany([])).toEqual([]);
    });
  });
};
