import { expect, test } from 'vitest';
import { LETTER_WINDOW_MS, MAIL_TOKEN_MS } from '../identity/mail-token.ts';
import type { UserId } from '../shared/ids.ts';
import { accountWorld, codeIn } from '../testing/account-world.ts';
import { registerAda } from '../testing/identity-world.ts';
import { presentCode } from '../testing/present-code.ts';
import { requestVerification } from './request-verification.ts';
import { verifyEmail } from './verify-email.ts';

/** An account that asked for its code, and the letter that came. */
const asked = async () => {
  const world = accountWorld();
  const { account } = await registerAda(world);
  const userId = account.id;
  expect(await requestVerification(world, { userId })).toEqual({ outcome: 'mailed' });
  const [mail] = await world.deliver();
  return { world, userId, mail, token: codeIn(mail) };
};
const refused = { code: 'account.bad_mail_token' };

test('whoever reads the mail of an address verifies it', async () => {
  const { world, userId, mail, token } = await asked();
  expect(mail?.to).toEqual({ email: 'Ada@Example.org', name: null });
  expect(await presentCode(world, token)).toMatchObject({ id: userId, emailVerified: true });
  expect(await requestVerification(world, { userId })).toEqual({ outcome: 'verified_already' });
});

test('a code counts in a session of its own account alone: who types in what they never asked for gives nobody their address', async () => {
  const { world, userId: mallory, token } = await asked();
  const reader = 'usr_01h455vb4pex5vsknk084sn02q' as UserId;
  await expect(verifyEmail(world, { token, userId: reader })).rejects.toMatchObject(refused);
  expect((await world.users.find(mallory))?.emailVerifiedAt).toBeNull();
});

test('twin: where nobody looks whose session it is, the address is the stranger’s by the hands of its reader', async () => {
  const { world, userId: mallory, token } = await asked();
  await verifyEmail(world, { token, userId: mallory });
  expect((await world.users.find(mallory))?.emailVerifiedAt).not.toBeNull();
});

test('a code works once', async () => {
  const { world, token } = await asked();
  await presentCode(world, token);
  await expect(presentCode(world, token)).rejects.toMatchObject(refused);
});

test('a code works for a day and no longer', async () => {
  const { world, token } = await asked();
  world.clock.advance(MAIL_TOKEN_MS.verify_email);
  await expect(presentCode(world, token)).rejects.toMatchObject(refused);
});

test('a code for an address that the account has left verifies nothing', async () => {
  const { world, userId, token } = await asked();
  const users = { ...world.users, markEmailVerified: async () => false };
  await expect(presentCode({ ...world, users }, token)).rejects.toMatchObject(refused);
  expect((await world.users.find(userId))?.emailVerifiedAt).toBeNull();
});

test('asking ten times at once brings one letter, and asking again later another', async () => {
  const world = accountWorld();
  const { account } = await registerAda(world);
  for (let n = 0; n < 10; n += 1) await requestVerification(world, { userId: account.id });
  expect(await world.deliver()).toHaveLength(1);
  world.clock.advance(LETTER_WINDOW_MS);
  await requestVerification(world, { userId: account.id });
  const [second] = await world.deliver();
  expect(await presentCode(world, codeIn(second))).toMatchObject({ emailVerified: true });
});

test('a letter that waited until the address was verified is not sent', async () => {
  const { world, userId, token } = await asked();
  world.clock.advance(LETTER_WINDOW_MS);
  await requestVerification(world, { userId });
  await presentCode(world, token);
  expect(await world.deliver()).toEqual([]);
});

test('the code is neither in the subject nor in the preview, nor stored with the notification', async () => {
  const { world, mail, token } = await asked();
  expect(mail?.subject).not.toContain(token);
  expect(mail?.html.split(token)).toHaveLength(2);
  expect(JSON.stringify([...world.queued.values()])).not.toContain(token);
});
