import { describe, expect, test } from 'vitest';
import { ATTEMPT_LIMITS } from '../identity/attempts.ts';
import { logIn, logInSchema } from '../identity/log-in.ts';
import { LETTER_WINDOW_MS, MAIL_TOKEN_MS } from '../identity/mail-token.ts';
import { identityKey, type User } from '../identity/user.ts';
import { accountWorld, codeIn } from '../testing/account-world.ts';
import { ADA, registerAda, registerQuietly } from '../testing/identity-world.ts';
import { presentCode } from '../testing/present-code.ts';
import { changeEmail, changeEmailSchema } from './change-email.ts';
import { changePassword } from './change-password.ts';
import { register, registerSchema } from './register.ts';
import { requestPasswordReset, requestPasswordResetSchema } from './request-password-reset.ts';
import { requestVerification } from './request-verification.ts';
import { resetPassword } from './reset-password.ts';

type World = ReturnType<typeof accountWorld>;
const NEW = 'Lady@Lovelace.example';
const refusal = (code: string) => ({ code });
const ask = (world: World, userId: User['id'], email = NEW, password: string = ADA.password) =>
  changeEmail(world, { ...changeEmailSchema.parse({ email, password }), userId });
const opened = async () => {
  const world = accountWorld();
  const { account } = await registerAda(world);
  await world.users.markEmailVerified(account.id, 'ada@example.org', world.clock.now());
  return { world, userId: account.id, user: () => world.users.find(account.id) };
};
const asked = async () => {
  const all = await opened();
  const account = await ask(all.world, all.userId);
  const letters = await all.world.deliver();
  return { ...all, account, letters, token: codeIn(letters.find(({ to }) => to.email === NEW)) };
};
const somebodyElse = (world: World, email = NEW) =>
  registerQuietly(
    world,
    registerSchema.parse({ username: 'mallory', email, password: 'correct horse battery' }),
  );

describe('another address', () => {
  test('is the account’s once its code is presented, verified; both addresses are told, and no session ends', async () => {
    const { world, userId, account, letters, token } = await asked();
    expect(account).toMatchObject({ email: 'Ada@Example.org', emailVerified: true, pendingEmail: NEW });
    expect(letters.map(({ to, subject }) => [to.email, subject])).toEqual([
      [NEW, 'Confirm your new e-mail address'],
      ['Ada@Example.org', 'Another e-mail address for your account'],
    ]);
    expect(letters[1]?.text).toContain('L…@Lovelace.example');
    expect(await presentCode(world, token)).toMatchObject({
      email: NEW,
      emailVerified: true,
      pendingEmail: null,
    });
    expect((await world.deliver()).map(({ to, subject }) => [to.email, subject])).toEqual([
      ['Ada@Example.org', 'Your account has another e-mail address now'],
    ]);
    expect(await world.sessions.listOpen(userId, world.clock.now())).toHaveLength(1);
    const { password } = ADA;
    await logIn(world, logInSchema.parse({ login: NEW, password }));
    await expect(logIn(world, logInSchema.parse({ login: ADA.email, password }))).rejects.toMatchObject(
      refusal('auth.bad_credentials'),
    );
  });

  test('is not the account’s without the code: it stays as it was, and a code works once and for a day', async () => {
    const { world, user, token } = await asked();
    expect(await user()).toMatchObject({ emailKey: 'ada@example.org', emailVerifiedAt: expect.any(Date) });
    world.clock.advance(MAIL_TOKEN_MS.change_email);
    await expect(presentCode(world, token)).rejects.toMatchObject(refusal('account.bad_mail_token'));
    expect((await user())?.emailKey).toBe('ada@example.org');
  });

  test('that is wanted claims nothing: whose it is registers with it, and the code is refused then', async () => {
    const { world, user, token } = await asked();
    await somebodyElse(world);
    await expect(presentCode(world, token)).rejects.toMatchObject(refusal('account.email_taken'));
    expect((await user())?.emailKey).toBe('ada@example.org');
  });

  test('of somebody else is refused, also where its account never verified it', async () => {
    const { world, userId } = await opened();
    await somebodyElse(world);
    await expect(ask(world, userId, NEW.toUpperCase())).rejects.toMatchObject(refusal('account.email_taken'));
  });

  test('takes the password, which is limited before the hash', async () => {
    const { world, userId } = await opened();
    const guess = () =>
      ask(world, userId, NEW, 'a wrong password').catch(({ code }: { code: string }) => code);
    for (let n = 0; n < ATTEMPT_LIMITS.prove_password_per_account.count; n += 1)
      expect(await guess()).toBe('account.wrong_password');
    const before = world.hasher.work();
    expect(await guess()).toBe('auth.too_many_attempts');
    expect(world.hasher.work()).toBe(before);
    expect(await world.deliver()).toEqual([]);
  });

  test('replaces the one wanted before, whose code is worth nothing; wanting the present one takes it back', async () => {
    const { world, userId, user, token } = await asked();
    world.clock.advance(1);
    await ask(world, userId, 'third@example.org');
    await expect(presentCode(world, token)).rejects.toMatchObject(refusal('account.bad_mail_token'));
    const third = codeIn((await world.deliver()).find(({ to }) => to.email === 'third@example.org'));
    expect(await ask(world, userId, 'ADA@example.org')).toMatchObject({ pendingEmail: null });
    await expect(presentCode(world, third)).rejects.toMatchObject(refusal('account.bad_mail_token'));
    expect(await user()).toMatchObject({ emailKey: 'ada@example.org', pendingEmail: null });
  });

  test('is mailed its code again, not twice in a moment', async () => {
    const { world, userId } = await asked();
    world.clock.advance(LETTER_WINDOW_MS);
    for (let n = 0; n < 3; n += 1) await requestVerification(world, { userId });
    const letters = await world.deliver();
    expect(letters.map(({ to }) => to.email)).toEqual([NEW]);
    expect(await presentCode(world, codeIn(letters[0]))).toMatchObject({ email: NEW });
  });

  test('gets so many codes a day, from whomever and however often it is asked for', async () => {
    const { world, userId } = await opened();
    const { count } = ATTEMPT_LIMITS.change_email_per_recipient;
    const letters = async (deps: World) => {
      let sent = 0;
      for (let n = 0; n < 3 * count; n += 1)
        sent += await ask(deps, userId).then(
          () => 1,
          (error: { code: string }) => {
            expect(error.code).toBe('account.too_often');
            return 0;
          },
        );
      return sent;
    };
    expect(await letters(world)).toBe(count);
    const uncounted = { ...world, attempts: { ...world.attempts, take: async () => null } };
    expect(await letters(uncounted), 'twin: uncounted').toBe(3 * count);
  });

  test('is wanted no more once the password is new: perhaps it was not the owner who asked', async () => {
    const { world, userId, user, token } = await asked();
    await changePassword(world, { userId, oldPassword: ADA.password, newPassword: 'a wholly new password' });
    expect((await user())?.pendingEmail).toBeNull();
    await expect(presentCode(world, token)).rejects.toMatchObject(refusal('account.bad_mail_token'));
  });

  test('stays wanted, and its code good, when the present one is proved meanwhile', async () => {
    const world = accountWorld();
    const { account } = await register(world, ADA);
    const present = codeIn((await world.deliver())[0]);
    await ask(world, account.id);
    const wanted = codeIn((await world.deliver())[0]);
    expect(await presentCode(world, present)).toMatchObject({
      emailVerified: true,
      pendingEmail: NEW,
    });
    expect(await presentCode(world, wanted)).toMatchObject({ email: NEW, pendingEmail: null });
  });

  test('is told to the one that was left, whatever the account wants or has by the time the letter goes', async () => {
    const { world, userId, token } = await asked();
    await presentCode(world, token);
    const left = [...world.queued.values()];
    world.clock.advance(1);
    await ask(world, userId, 'third@example.org');
    // The worker has not come to the letters about the first change.
    for (const message of left) world.queued.delete(message.key ?? '');
    const third = codeIn((await world.deliver()).find(({ to }) => to.email === 'third@example.org'));
    await presentCode(world, third);
    for (const message of left) world.queued.set(message.key ?? '', message);
    const told = (await world.deliver()).filter(({ subject }) =>
      subject.includes('another e-mail address now'),
    );
    const news = told.map(({ to, text }) => [
      to.email,
      /The address of your account is (\S+) now/.exec(text)?.[1],
    ]);
    expect(news.sort()).toEqual([
      ['Ada@Example.org', 'L…@Lovelace.example'],
      [NEW, 't…@example.org'],
    ]);
  });

  test('ends what was mailed to the former one: its codes open nothing any more', async () => {
    const { world, token } = await asked();
    await requestPasswordReset(world, requestPasswordResetSchema.parse({ email: 'ada@example.org' }));
    const reset = codeIn((await world.deliver()).at(-1));
    await presentCode(world, token);
    const newPassword = 'a wholly new password';
    await expect(resetPassword(world, { token: reset, newPassword })).rejects.toMatchObject(
      refusal('account.bad_mail_token'),
    );
  });
});

test('twin: were an address the account’s as soon as it is wanted, its owner could not register', async () => {
  const { world, userId } = await opened();
  const markEmailWanted: World['users']['markEmailWanted'] = async (tx, id, proved, wanted) => {
    const marked = await world.users.markEmailWanted(tx, id, proved, wanted);
    if (wanted !== null) await world.users.changeEmail(tx, id, wanted.emailKey, world.clock.now());
    return marked;
  };
  await ask({ ...world, users: { ...world.users, markEmailWanted } }, userId);
  await expect(somebodyElse(world)).rejects.toMatchObject(refusal('account.email_taken'));
});

/** The owner takes the account back by a new password while the thief's wish waits for the hash of the old one. */
const overtaken = async (careless = false) => {
  const { world, userId, user } = await opened();
  await requestPasswordReset(world, requestPasswordResetSchema.parse({ email: ADA.email }));
  const token = codeIn((await world.deliver())[0]);
  const verify: World['hasher']['verify'] = async (hash, password) => {
    const verified = await world.hasher.verify(hash, password);
    await resetPassword(world, { token, newPassword: 'a wholly new password' });
    return verified;
  };
  const ofNow: World['users']['markEmailWanted'] = async (tx, id, _proved, wanted) =>
    world.users.markEmailWanted(tx, id, (await user())?.passwordHash ?? '', wanted);
  const users = careless ? { ...world.users, markEmailWanted: ofNow } : world.users;
  const thief = { ...world, users, hasher: { ...world.hasher, verify } };
  const answer = await ask(thief, userId).then(
    () => 'asked',
    ({ code }: { code: string }) => code,
  );
  const letter = (await world.deliver()).find(({ to }) => to.email === NEW);
  if (letter !== undefined) await presentCode(world, codeIn(letter));
  return { answer, email: (await user())?.emailKey };
};

test('who takes an account back by a new password keeps it, also from a wish that the old one had proved a moment before', async () => {
  expect(await overtaken()).toEqual({ answer: 'busy.try_again', email: 'ada@example.org' });
});

test('twin: were the proved password not compared with the one of the moment, the account would be the thief’s', async () => {
  expect(await overtaken(true)).toEqual({ answer: 'asked', email: identityKey(NEW) });
});

/** One account after the other is opened with a stranger's address, which it leaves at once for the next. How many letters the stranger gets. */
const bomb = async (times: number, world = accountWorld()): Promise<number> => {
  let letters = 0;
  const deliver = async () => {
    const mails = await world.deliver();
    letters += mails.filter(({ to }) => to.email === 'stranger@example.org').length;
    return mails;
  };
  const { password } = ADA;
  for (let n = 0; n < times; n += 1) {
    const command = { username: `mallory${n}`, email: 'stranger@example.org', password };
    const { account } = await register(world, registerSchema.parse(command));
    const own = `m${n}@mallory.example`;
    await ask(world, account.id, own);
    const token = codeIn((await deliver()).find(({ to }) => to.email === own));
    await changePassword(world, { userId: account.id, oldPassword: password, newPassword: 'a new password' });
    await deliver();
    await expect(presentCode(world, token)).rejects.toMatchObject(refusal('account.bad_mail_token'));
    world.clock.advance(1);
    await ask(world, account.id, own, 'a new password');
    await presentCode(world, codeIn((await deliver()).find(({ to }) => to.email === own)));
    await deliver();
  }
  return letters;
};

test('an address that was never verified gets no letters but those that ask whose it is, and so many of them a day', async () => {
  const { count } = ATTEMPT_LIMITS.verify_email_per_recipient;
  expect(await bomb(count + 3)).toBe(count);
  const world = accountWorld();
  const uncounted = { ...world, attempts: { ...world.attempts, take: async () => null } };
  expect(await bomb(count + 3, uncounted), 'twin: uncounted').toBe(count + 3);
  const trusting = accountWorld();
  const changeEmail: World['users']['changeEmail'] = async (tx, id, emailKey, at) => {
    const before = await trusting.users.changeEmail(tx, id, emailKey, at);
    return before === null ? null : { ...before, emailVerifiedAt: at };
  };
  const taken = { ...trusting, users: { ...trusting.users, changeEmail } };
  expect(await bomb(3, taken), 'twin: taken for verified').toBe(3 + 3);
});

test('a code is not mailed again either to an address that had its share, whichever of its accounts asks', async () => {
  const world = accountWorld();
  for (let n = 0; n < ATTEMPT_LIMITS.verify_email_per_recipient.count; n += 1)
    await world.attempts.take('verify_email_per_recipient', 'ada@example.org');
  const { account } = await register(world, ADA);
  expect(await world.deliver()).toEqual([]);
  await expect(requestVerification(world, { userId: account.id })).rejects.toMatchObject(
    refusal('account.too_often'),
  );
});
