import { organizationStoresContract } from '@eventhorizon/core/organizations/organization-stores.contract';
import { testDatabase } from '@eventhorizon/devstack/test-database';
import { expect, test } from 'vitest';
import { newId } from '../testing/new-id.ts';
import type { CollectionDefinition } from './collection.ts';
import { membershipsCollection, mongoMemberships } from './memberships.ts';
import { migrate } from './migrate.ts';
import { mongoOrganizations, organizationsCollection } from './organizations.ts';
import { watchQueries } from './testing/explain.ts';
import { mongoUnitOfWork } from './unit-of-work.ts';

const open = async () => {
  const t = await testDatabase({ monitorCommands: true });
  const definitions = [organizationsCollection, membershipsCollection] as unknown as CollectionDefinition[];
  await migrate(t.db, definitions);
  return {
    ...t,
    organizations: mongoOrganizations(t.db),
    memberships: mongoMemberships(t.db),
    unitOfWork: mongoUnitOfWork({ client: t.client, ring: () => undefined, deadlineMs: 30_000 }),
  };
};

organizationStoresContract(open);

test('an account has at most one membership in an organization', async () => {
  await using t = await open();
  const [organizationId, userId, createdAt] = [newId('org'), newId('usr'), new Date(0)];
  const add = (role: 'owner' | 'scanner') =>
    t.unitOfWork.run((tx) =>
      t.memberships.insert(tx, { id: newId('mbr'), organizationId, userId, role, createdAt }),
    );
  await add('scanner');
  await expect(add('owner')).rejects.toThrow('one_per_organization_and_user');
  expect(await t.memberships.find(organizationId, userId)).toMatchObject({ role: 'scanner' });
});

test('memberships are found and listed by an index', async () => {
  await using t = await open();
  using queries = watchQueries(t.client, t.db);
  await t.memberships.find(newId('org'), newId('usr'));
  await t.memberships.listOfUser(newId('usr'), { limit: 20 });
  await t.organizations.findMany([newId('org')]);
  await queries.expectIndexed();
});
