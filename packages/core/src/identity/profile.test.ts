import { expect, test } from 'vitest';
import type { Id } from '../shared/ids.ts';
import { identityWorld, registerAda } from '../testing/identity-world.ts';
import { getProfile } from './get-profile.ts';
import { updateProfile, updateProfileSchema } from './update-profile.ts';

const nobody = `usr_${'9'.repeat(26)}` as Id<'usr'>;

test('a change is read back, null clears and what is absent stays', async () => {
  const world = identityWorld();
  const userId = (await registerAda(world)).account.id;
  const change = (input: object) =>
    updateProfile(world, { userId, changes: updateProfileSchema.parse(input) });
  await change({ name: 'Ada', city: 'London', birthYear: 1990, gender: 'female' });
  await change({ city: null, locale: 'en-gb', phone: '+44 20 7946 0000' });
  expect(await getProfile(world, { userId })).toMatchObject({
    name: 'Ada',
    city: null,
    birthYear: 1990,
    gender: 'female',
    locale: 'en-GB',
    phone: '+442079460000',
  });
});

test('neither e-mail, user name, password nor rights are changed by a profile', async () => {
  const world = identityWorld();
  const { account } = await registerAda(world);
  const before = await world.users.find(account.id);
  const changes = updateProfileSchema.parse({
    email: 'mallory@example.org',
    username: 'mallory',
    passwordHash: 'x',
    isAdmin: true,
  });
  await updateProfile(world, { userId: account.id, changes });
  expect(await world.users.find(account.id)).toEqual(before);
});

test('a year of birth lies in the past', async () => {
  const world = identityWorld();
  const userId = (await registerAda(world)).account.id;
  await expect(updateProfile(world, { userId, changes: { birthYear: 2026 } })).resolves.toBeDefined();
  await expect(updateProfile(world, { userId, changes: { birthYear: 2027 } })).rejects.toMatchObject({
    code: 'input.invalid',
    details: { issues: [{ path: 'birthYear' }] },
  });
});

test.each([
  { phone: '030 123456' },
  { phone: '+49' },
  { phone: '+1234567890123456' },
  { locale: 'not a locale' },
  { locale: '' },
  { locale: null },
  { name: '' },
  { name: '   ' },
  { name: 'two\nlines' },
  { name: 'x'.repeat(101) },
  { birthYear: 1899 },
  { birthYear: 1990.5 },
  { gender: 'other than listed' },
  { city: { $ne: null } },
])('%j is refused', (changes) => {
  expect(updateProfileSchema.safeParse(changes).success).toBe(false);
});

test('an account that is no more is not found', async () => {
  const world = identityWorld();
  const missing = { code: 'thing.not_found' };
  await expect(getProfile(world, { userId: nobody })).rejects.toMatchObject(missing);
  await expect(updateProfile(world, { userId: nobody, changes: {} })).rejects.toMatchObject(missing);
});
