import { expect, test } from 'vitest';
import { accountWorld, codeIn } from '../testing/account-world.ts';
import { ADA, identityWorld, registerAda } from '../testing/identity-world.ts';
import { presentCode } from '../testing/present-code.ts';
import { register, registerSchema } from './register.ts';
import { requestVerification } from './request-verification.ts';

const input = { username: 'ada', email: 'ada@example.org', password: 'correct horse battery' };
const issuesOf = (changes: object) =>
  registerSchema.safeParse({ ...input, ...changes }).error?.issues.map(({ path }) => path.join('.')) ?? [];

test('a registered account is logged in and shows no secret', async () => {
  const world = identityWorld();
  const { account, accessToken, refreshToken } = await registerAda(world);
  expect(account).toMatchObject({ username: 'Ada', email: 'Ada@Example.org', isAdmin: false, locale: 'en' });
  expect(JSON.stringify(account)).not.toMatch(/hash|password|correct horse/i);
  expect(await world.accessTokens.verify(accessToken)).toMatchObject({ userId: account.id, isAdmin: false });
  expect(world.refreshTokens.read(refreshToken)).toMatchObject({ generation: 0 });
});

test('nobody registers as an administrator', async () => {
  const command = registerSchema.parse({ ...input, isAdmin: true, profile: { isAdmin: true } });
  const { account } = await register(identityWorld(), command);
  expect(account.isAdmin).toBe(false);
});

test('names and addresses that differ by case or width only are the same', async () => {
  const world = identityWorld();
  await registerAda(world);
  const again = (changes: object) => register(world, registerSchema.parse({ ...input, ...changes }));
  await expect(again({ username: 'other', email: 'ADA@EXAMPLE.ORG' })).rejects.toMatchObject({
    code: 'account.email_taken',
  });
  await expect(again({ username: 'ＡＤＡ', email: 'other@example.org' })).rejects.toMatchObject({
    code: 'account.username_taken',
  });
});

test('the password is hashed, never stored', async () => {
  const world = identityWorld();
  const { account } = await registerAda(world);
  expect((await world.users.find(account.id))?.passwordHash).toBe(`v1:${ADA.password}`);
  expect(world.hasher.work()).toBe(1);
});

test.each([
  ['nine characters', 'abcdefghi', ['password']],
  ['ten characters', 'abcdefghij', []],
  ['ten characters outside of the basic plane', '🎟'.repeat(10), []],
  ['nine characters that are eighteen UTF-16 units', '🎟'.repeat(9), ['password']],
  ['two hundred characters', 'x'.repeat(200), []],
  ['two hundred and one', 'x'.repeat(201), ['password']],
  ['few characters that normalize to many', 'ﷺ'.repeat(20), ['password']],
  ['a megabyte', 'x'.repeat(1_000_000), ['password']],
])('a password of %s', (_name, password, issues) => {
  expect([...new Set(issuesOf({ password }))]).toEqual(issues);
});

test.each([
  ['the user name', { username: 'Ada-Lovelace', password: 'ada-lovelace' }],
  ['the e-mail address', { email: 'ada@example.org', password: 'ADA@example.org' }],
  ['the user name in full width', { username: 'ada-lovelace', password: 'ａｄａ-lovelace' }],
])('%s is no password', (_name, changes) => {
  expect(issuesOf(changes)).toEqual(['password']);
});

test('a password typed as composed or decomposed characters is the same', () => {
  const [composed, decomposed] = ['caf\u00e9 caf\u00e9 caf\u00e9', 'cafe\u0301 cafe\u0301 cafe\u0301'];
  expect(registerSchema.parse({ ...input, password: composed }).password).toBe(
    registerSchema.parse({ ...input, password: decomposed }).password,
  );
});

test.each(['ab', 'a@b.org', '-ada', 'ada.', 'a da', 'аda', 'x'.repeat(33), 'a\nda', ''])(
  '%j is no user name',
  (username) => {
    expect(issuesOf({ username })).toContain('username');
  },
);

test.each([
  'ada',
  'ada@',
  '@example.org',
  'ada@example',
  'a b@example.org',
  `${'x'.repeat(250)}@example.org`,
  { $ne: '' },
])('%j is no e-mail address', (email) => {
  expect(issuesOf({ email })).toContain('email');
});

test('a profile may come along', async () => {
  const world = identityWorld();
  const profile = { name: ' Ada Lovelace ', phone: '+49 (30) 123-456', locale: 'de-de', birthYear: 1990 };
  const { account } = await register(world, registerSchema.parse({ ...input, profile }));
  expect(account).toMatchObject({
    name: 'Ada Lovelace',
    phone: '+4930123456',
    locale: 'de-DE',
    birthYear: 1990,
    city: null,
  });
});

test('an account is mailed the code that verifies its address, and asking at once for another brings none', async () => {
  const world = accountWorld();
  const { account } = await register(world, ADA);
  expect(account.emailVerified).toBe(false);
  await requestVerification(world, { userId: account.id });
  const letters = await world.deliver();
  expect(letters.map(({ to, subject }) => [to.email, subject])).toEqual([
    ['Ada@Example.org', 'Confirm your e-mail address'],
  ]);
  expect(await presentCode(world, codeIn(letters[0]))).toMatchObject({ emailVerified: true });
});

test('who is refused is mailed nothing', async () => {
  const world = accountWorld();
  await registerAda(world);
  await expect(register(world, { ...ADA, username: 'other' })).rejects.toMatchObject({
    code: 'account.email_taken',
  });
  expect(await world.deliver()).toEqual([]);
});
