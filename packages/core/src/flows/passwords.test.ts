import { describe, expect, test } from 'vitest';
import { logIn, logInSchema } from '../identity/log-in.ts';
import { LETTER_WINDOW_MS, MAIL_TOKEN_MS } from '../identity/mail-token.ts';
import type { SessionStore, UserStore } from '../identity/ports.ts';
import { refreshSession } from '../identity/refresh-session.ts';
import { DomainError } from '../shared/errors.ts';
import { accountWorld, codeIn } from '../testing/account-world.ts';
import { ADA, registerAda } from '../testing/identity-world.ts';
import { changePassword, changePasswordSchema } from './change-password.ts';
import { requestPasswordReset, requestPasswordResetSchema } from './request-password-reset.ts';
import { resetPassword, resetPasswordSchema } from './reset-password.ts';

const NEW = 'a wholly new password';
const attempt = (password: string) => logInSchema.parse({ login: 'ada', password });
const ask = (email: string) => requestPasswordResetSchema.parse({ email });
const reset = (token: string, newPassword = NEW) => resetPasswordSchema.parse({ token, newPassword });
const change = (oldPassword: string, newPassword = NEW) =>
  changePasswordSchema.parse({ oldPassword, newPassword });
const badToken = { code: 'account.bad_mail_token' };

/** An account with two sessions. */
const opened = async () => {
  const world = accountWorld();
  const first = await registerAda(world);
  const second = await logIn(world, attempt(ADA.password));
  world.clock.advance(1);
  return { world, userId: first.account.id, tokens: [first.refreshToken, second.refreshToken] };
};
const forgotten = async () => {
  const all = await opened();
  await requestPasswordReset(all.world, ask('ADA@example.org'));
  const [mail] = await all.world.deliver();
  return { ...all, token: codeIn(mail) };
};

describe('a forgotten password', () => {
  test('is replaced by a mailed code; all sessions end, and the owner is told', async () => {
    const { world, userId, tokens, token } = await forgotten();
    await resetPassword(world, reset(token));
    for (const refreshToken of tokens)
      await expect(refreshSession(world, { refreshToken })).rejects.toMatchObject({
        code: 'auth.session_ended',
      });
    expect(world.accessTokens.forgotten).toHaveLength(2);
    await expect(logIn(world, attempt(ADA.password))).rejects.toMatchObject({
      code: 'auth.bad_credentials',
    });
    expect((await logIn(world, attempt(NEW))).account).toMatchObject({ id: userId, emailVerified: true });
    expect((await world.deliver()).map(({ subject }) => subject)).toEqual(['Your password was changed']);
  });

  test('is replaced once by a code, and not after an hour', async () => {
    const { world, token } = await forgotten();
    await resetPassword(world, reset(token));
    await expect(resetPassword(world, reset(token, 'yet another password'))).rejects.toMatchObject(badToken);
    const late = await forgotten();
    late.world.clock.advance(MAIL_TOKEN_MS.reset_password);
    await expect(resetPassword(late.world, reset(late.token))).rejects.toMatchObject(badToken);
  });

  test('a code for one thing is no code for the other, and a guess costs no hash', async () => {
    const { world, token } = await forgotten();
    const before = world.hasher.work();
    const mailTokenSource = { ...world.mailTokenSource, hashOf: () => 'unknown' };
    await expect(resetPassword({ ...world, mailTokenSource }, reset(token))).rejects.toMatchObject(badToken);
    expect(world.hasher.work()).toBe(before);
  });

  test('asking for an address without an account does and answers the same, and mails nothing', async () => {
    const world = accountWorld();
    await registerAda(world);
    let looked = 0;
    const users: UserStore = {
      ...world.users,
      findByEmailKey: (key) => {
        looked += 1;
        return world.users.findByEmailKey(key);
      },
    };
    const asking = { ...world, users };
    for (const email of ['ada@example.org', 'nobody@example.org'])
      expect(await requestPasswordReset(asking, ask(email))).toBeUndefined();
    expect(looked).toBe(0);
    expect([...world.queued.values()].map(({ job }) => job)).toEqual([
      'account.mail_password_reset',
      'account.mail_password_reset',
    ]);
    expect((await world.deliver()).map(({ to }) => to.email)).toEqual(['Ada@Example.org']);
  });

  test('asking often brings one letter within the window', async () => {
    const { world } = await forgotten();
    await requestPasswordReset(world, ask('ada@example.org'));
    expect(await world.deliver()).toEqual([]);
    world.clock.advance(LETTER_WINDOW_MS);
    await requestPasswordReset(world, ask('ada@example.org'));
    expect(await world.deliver()).toHaveLength(1);
  });

  test('a code works again when the process was too busy to hash', async () => {
    const { world, token } = await forgotten();
    const busy = { hash: () => Promise.reject(new DomainError('busy.try_again', { retryAfterMs: 1 })) };
    await expect(resetPassword({ ...world, hasher: busy }, reset(token))).rejects.toMatchObject({
      code: 'busy.try_again',
    });
    await expect(resetPassword(world, reset(token))).resolves.toBeUndefined();
  });

  test.each(['ada', 'ADA@example.org'])('the new password is not %s', async (own) => {
    const { world, userId, token } = await forgotten();
    const user = await world.users.find(userId);
    if (user === null) throw new Error('no such user');
    await expect(resetPassword(world, { token, newPassword: own })).rejects.toMatchObject({
      code: 'input.invalid',
    });
  });
});

describe('a changed password', () => {
  test('needs the old one', async () => {
    const { world, userId, tokens } = await opened();
    await expect(changePassword(world, { ...change('wrong password'), userId })).rejects.toMatchObject({
      code: 'account.wrong_password',
    });
    for (const refreshToken of tokens)
      await expect(refreshSession(world, { refreshToken })).resolves.toBeDefined();
  });

  test('ends all sessions and brings a new one; codes mailed before it work no more', async () => {
    const { world, userId, tokens, token } = await forgotten();
    const fresh = await changePassword(world, { ...change(ADA.password), userId });
    for (const refreshToken of tokens)
      await expect(refreshSession(world, { refreshToken })).rejects.toMatchObject({
        code: 'auth.session_ended',
      });
    await expect(refreshSession(world, { refreshToken: fresh.refreshToken })).resolves.toBeDefined();
    await expect(resetPassword(world, reset(token))).rejects.toMatchObject(badToken);
  });

  test('refuses sessions of before it also when they were stored beside it, and not ended', async () => {
    const { world, userId, tokens } = await opened();
    const sessions: SessionStore = { ...world.sessions, endAll: async () => [] };
    await changePassword({ ...world, sessions }, { ...change(ADA.password), userId });
    for (const refreshToken of tokens)
      await expect(refreshSession(world, { refreshToken })).rejects.toMatchObject({
        code: 'auth.session_ended',
      });
  });
});

/** A log-in with the old password that has compared it when the password is changed. */
const logInAcross = async (lookAgain: boolean) => {
  const { world, userId } = await opened();
  const before = await world.users.find(userId);
  const sessions: SessionStore = {
    ...world.sessions,
    insert: async (session) => {
      await changePassword(world, { ...change(ADA.password), userId });
      await world.sessions.insert(session);
    },
  };
  const users: UserStore = lookAgain ? world.users : { ...world.users, find: async () => before };
  return logIn({ ...world, sessions, users }, attempt(ADA.password));
};
test('a log-in that was under way when the password changed does not outlive the change', async () => {
  await expect(logInAcross(true)).rejects.toMatchObject({ code: 'auth.bad_credentials' });
});
test('twin: without the second look at the account it does', async () => {
  await expect(logInAcross(false)).resolves.toBeDefined();
});
