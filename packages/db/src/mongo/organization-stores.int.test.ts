import {
  exampleInvitation,
  invitationStoreContract,
} from '@eventhorizon/core/organizations/invitation-store.contract';
import { organizationStoresContract } from '@eventhorizon/core/organizations/organization-stores.contract';
import { expect, test } from 'vitest';
import { migratedDatabase } from '../testing/migrated-database.ts';
import { newId } from '../testing/new-id.ts';
import { mongoInvitations } from './invitations.ts';
import { mongoMemberships } from './memberships.ts';
import { mongoOrganizations } from './organizations.ts';
import { watchQueries } from './testing/explain.ts';
import { mongoUnitOfWork } from './unit-of-work.ts';

const open = async () => {
  const t = await migratedDatabase();
  return {
    ...t,
    organizations: mongoOrganizations(t.db),
    memberships: mongoMemberships(t.db),
    invitations: mongoInvitations(t.db),
    unitOfWork: mongoUnitOfWork({ client: t.client, ring: () => undefined, deadlineMs: 30_000 }),
  };
};

organizationStoresContract(open);
invitationStoreContract(open);

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

/** Opens an organization and makes each of two others its owner at once, without a look at who is. */
const crownTwo = async (t: Awaited<ReturnType<typeof open>>) => {
  const [organizationId, createdAt] = [newId('org'), new Date(0)];
  const heirs = [1, 2].map(() => ({
    id: newId('mbr'),
    organizationId,
    userId: newId('usr'),
    role: 'manager' as const,
    createdAt,
  }));
  for (const heir of heirs) await t.unitOfWork.run((tx) => t.memberships.insert(tx, heir));
  await Promise.allSettled(
    heirs.map((heir) => t.unitOfWork.run((tx) => t.memberships.changeRole(tx, heir, 'owner'))),
  );
  return t.db.collection('memberships').countDocuments({ organizationId, role: 'owner' });
};

test('an organization never has two owners, whatever is written', async () => {
  await using t = await open();
  expect(await crownTwo(t)).toBe(1);
});

test('twin: without the unique index it has', async () => {
  await using t = await open();
  await t.db.collection('memberships').dropIndex('one_owner_per_organization');
  expect(await crownTwo(t)).toBe(2);
});

/** Ten invitations of one address at once, each in a transaction of its own that did not look before. */
const inviteTen = async (t: Awaited<ReturnType<typeof open>>) => {
  const outcomes = await Promise.allSettled(
    Array.from({ length: 10 }, (_, n) =>
      t.unitOfWork.run((tx) =>
        t.invitations.insert(tx, exampleInvitation(n, { emailKey: 'guest@example.org' })),
      ),
    ),
  );
  const refused = outcomes.flatMap((one) => (one.status === 'rejected' ? [one.reason.code] : []));
  return { refused, open: await t.db.collection('invitations').countDocuments({ status: 'open' }) };
};

test('of many invitations of one address at once a single one is open', async () => {
  await using t = await open();
  const { refused, open: count } = await inviteTen(t);
  expect([count, new Set(refused)]).toEqual([1, new Set(['invitation.open_already'])]);
});

test('twin: without the unique index all of them are', async () => {
  await using t = await open();
  await t.db.collection('invitations').dropIndex('one_open_per_organization_and_email');
  expect(await inviteTen(t)).toEqual({ refused: [], open: 10 });
});

test('organizations, members and invitations are found and listed by an index', async () => {
  await using t = await open();
  using queries = watchQueries(t.client, t.db);
  const [organizationId, page] = [newId('org'), { limit: 20 }];
  await t.memberships.find(organizationId, newId('usr'));
  await t.memberships.findOwn(organizationId, newId('mbr'));
  await t.memberships.findOwner(organizationId);
  await t.memberships.listOfUser(newId('usr'), page);
  await t.memberships.listOfOrganization(organizationId, page);
  await t.organizations.findMany([organizationId]);
  await t.organizations.findBySlug('opera');
  await t.invitations.findOwn(organizationId, newId('inv'));
  await t.invitations.findByToken('hash');
  await t.invitations.findOpen(organizationId, 'guest@example.org');
  await t.invitations.countSince(organizationId, new Date());
  await t.invitations.listOpen(organizationId, page);
  await t.unitOfWork.run((tx) => t.invitations.withdrawAllBy(tx, organizationId, newId('usr'), new Date()));
  await queries.expectIndexed();
});
