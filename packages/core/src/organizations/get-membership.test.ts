import { expect, test } from 'vitest';
import type { Id } from '../shared/ids.ts';
import { countingIds } from '../testing/counting-ids.ts';
import { fakeClock } from '../testing/fake-clock.ts';
import { inMemoryAttempts } from '../testing/in-memory-attempts.ts';
import { inMemoryOrganizations } from '../testing/in-memory-organizations.ts';
import { createOrganization, createOrganizationSchema } from './create-organization.ts';
import { getMembership } from './get-membership.ts';

const ada = `usr_${'1'.repeat(26)}` as Id<'usr'>;
const stranger = `usr_${'2'.repeat(26)}` as Id<'usr'>;
const nowhere = `org_${'9'.repeat(26)}` as Id<'org'>;

const opera = async () => {
  const stores = inMemoryOrganizations();
  const clock = fakeClock();
  const deps = { ...stores, ids: countingIds(), clock, attempts: inMemoryAttempts(clock) };
  const { organization } = await createOrganization(deps, { userId: ada, name: 'Opera' });
  return { stores, organizationId: organization.id };
};

test('a member acts in the role of the membership', async () => {
  const { stores, organizationId } = await opera();
  expect(await getMembership(stores, { organizationId, userId: ada, isAdmin: false })).toEqual({
    organizationId,
    userId: ada,
    role: 'owner',
  });
});

test('a foreign organization is refused exactly like one that does not exist', async () => {
  const { stores, organizationId } = await opera();
  const refusals = await Promise.all(
    [organizationId, nowhere].map((id) =>
      getMembership(stores, { organizationId: id, userId: stranger, isAdmin: false }).catch(
        ({ code, details, message }) => ({ code, details, message }),
      ),
    ),
  );
  expect(refusals[0]).toMatchObject({ code: 'thing.not_found', details: { thing: 'organization' } });
  expect(refusals[1]).toEqual(refusals[0]);
});

test('a platform admin is let into every organization that exists, and is seen as what they are', async () => {
  const { stores, organizationId } = await opera();
  for (const userId of [ada, stranger]) {
    expect(await getMembership(stores, { organizationId, userId, isAdmin: true })).toMatchObject({
      role: 'platform_admin',
    });
  }
  await expect(
    getMembership(stores, { organizationId: nowhere, userId: stranger, isAdmin: true }),
  ).rejects.toMatchObject({ code: 'thing.not_found' });
});

test.each(['', ' ', 'x', 'x'.repeat(101), 'two\nlines', null, { $gt: '' }])('%j is no name', (name) => {
  expect(createOrganizationSchema.safeParse({ name }).success).toBe(false);
});
