import { describe, expect, test } from 'vitest';
import type { Id, UserId } from '../shared/ids.ts';
import type { Tx } from '../shared/unit-of-work.ts';
import type { UserStore } from './ports.ts';
import { identityKey, type User } from './user.ts';

const userId = (n: number): UserId => `usr_${String(n).padStart(26, '0')}` as Id<'usr'>;
const at = new Date('2026-06-01T12:00:00.000Z');

export const exampleUser = (n: number, changes: Partial<User> = {}): User => ({
  id: userId(n),
  username: `User${n}`,
  usernameKey: `user${n}`,
  email: `User${n}@example.org`,
  emailKey: `user${n}@example.org`,
  emailVerifiedAt: null,
  passwordHash: `hash${n}`,
  passwordChangedAt: null,
  pendingEmail: null,
  isAdmin: false,
  suspension: null,
  profile: { name: null, phone: null, locale: 'en', birthYear: null, city: null, gender: null },
  createdAt: at,
  updatedAt: at,
  ...changes,
});

/** No transaction: what is promised here needs none. */
const tx = undefined as unknown as Tx;

/** What every UserStore promises. `open` gives an empty store of its own. */
export const userStoreContract = (open: () => Promise<AsyncDisposable & { users: UserStore }>): void => {
  describe('user store', () => {
    test('finds what was stored by id, name and e-mail', async () => {
      await using store = await open();
      const user = exampleUser(1);
      await store.users.insert(user);
      expect(await store.users.find(user.id)).toEqual(user);
      expect(await store.users.findByUsernameKey('user1')).toEqual(user);
      expect(await store.users.findByEmailKey('user1@example.org')).toEqual(user);
      expect(await store.users.findByEmailKeys(['user1@example.org', 'nobody@example.org'])).toEqual([user]);
    });

    test('finds nothing for others, nor by the form in which the person wrote it', async () => {
      await using store = await open();
      await store.users.insert(exampleUser(1));
      expect(await store.users.find(userId(2))).toBeNull();
      expect(await store.users.findByUsernameKey('User1')).toBeNull();
      expect(await store.users.findByEmailKey('user2@example.org')).toBeNull();
    });

    test('a second account for an e-mail address or a user name is refused by name', async () => {
      await using store = await open();
      await store.users.insert(exampleUser(1));
      await expect(
        store.users.insert(exampleUser(2, { emailKey: identityKey('USER1@Example.org') })),
      ).rejects.toMatchObject({ code: 'account.email_taken' });
      await expect(
        store.users.insert(exampleUser(2, { usernameKey: identityKey('USER1') })),
      ).rejects.toMatchObject({ code: 'account.username_taken' });
      expect(await store.users.find(userId(2))).toBeNull();
    });

    test('of parallel registrations of one name a single one succeeds', async () => {
      await using store = await open();
      const tries = Array.from({ length: 20 }, (_, n) =>
        store.users.insert(exampleUser(n, { usernameKey: 'ada' })),
      );
      const results = await Promise.allSettled(tries);
      expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      for (const result of results) {
        if (result.status === 'rejected')
          expect(result.reason).toMatchObject({ code: 'account.username_taken' });
      }
    });

    test('a change of a profile leaves the fields that are not given', async () => {
      await using store = await open();
      const user = exampleUser(1);
      await store.users.insert(user);
      const later = new Date(at.getTime() + 1);
      await store.users.changeProfile(user.id, { name: 'Ada', city: 'London' }, at);
      const changed = await store.users.changeProfile(
        user.id,
        { city: null, phone: '+4930123456', name: undefined },
        later,
      );
      const profile = { ...user.profile, name: 'Ada', phone: '+4930123456' };
      expect(changed).toEqual({ ...user, profile, updatedAt: later });
      expect(await store.users.find(user.id)).toEqual(changed);
      expect(await store.users.changeProfile(userId(2), { name: 'Bob' }, at)).toBeNull();
    });

    test('parallel changes of different fields both stay', async () => {
      await using store = await open();
      const user = exampleUser(1);
      await store.users.insert(user);
      await Promise.all([
        store.users.changeProfile(user.id, { name: 'Ada' }, at),
        store.users.changeProfile(user.id, { city: 'London' }, at),
      ]);
      expect((await store.users.find(user.id))?.profile).toMatchObject({ name: 'Ada', city: 'London' });
    });

    test('an address is verified only while it is still the one that was proved', async () => {
      await using store = await open();
      const user = exampleUser(1);
      await store.users.insert(user);
      expect(await store.users.markEmailVerified(user.id, 'other@example.org', at)).toBe(false);
      expect((await store.users.find(user.id))?.emailVerifiedAt).toBeNull();
      expect(await store.users.markEmailVerified(user.id, user.emailKey, at)).toBe(true);
      await store.users.markEmailVerified(user.id, user.emailKey, new Date(at.getTime() + 1));
      expect((await store.users.find(user.id))?.emailVerifiedAt).toEqual(at);
    });

    test('an address that is wanted becomes the account’s own while it is wanted, and the former one is kept', async () => {
      await using store = await open();
      const user = exampleUser(1);
      await store.users.insert(user);
      const wanted = { email: 'New@example.org', emailKey: 'new@example.org' };
      expect(await store.users.markEmailWanted(tx, user.id, 'hash1', wanted)).toBe(true);
      const wanting = { ...user, pendingEmail: wanted };
      expect(await store.users.find(user.id)).toEqual(wanting);
      expect(await store.users.changeEmail(tx, user.id, 'other@example.org', at)).toBeNull();
      expect(await store.users.changeEmail(tx, user.id, wanted.emailKey, at)).toEqual(wanting);
      expect(await store.users.find(user.id)).toMatchObject({
        ...wanted,
        emailVerifiedAt: at,
        pendingEmail: null,
      });
      expect(await store.users.changeEmail(tx, user.id, wanted.emailKey, at)).toBeNull();
    });

    test('another address is wanted only by the password of the moment, and neither wanted nor had by who is suspended', async () => {
      await using store = await open();
      const wanted = { email: 'New@example.org', emailKey: 'new@example.org' };
      const suspension = { at, by: userId(9), reason: 'stolen cards' };
      const [user, shut] = [
        exampleUser(1),
        exampleUser(2, { suspension, pendingEmail: { ...wanted, emailKey: 'shut@example.org' } }),
      ];
      for (const one of [user, shut]) await store.users.insert(one);
      expect(await store.users.markEmailWanted(tx, user.id, 'the hash before', wanted)).toBe(false);
      expect(await store.users.markEmailWanted(tx, shut.id, shut.passwordHash, wanted)).toBe(false);
      expect(await store.users.changeEmail(tx, shut.id, 'shut@example.org', at)).toBeNull();
      expect(await store.users.findMany([user.id, shut.id])).toEqual(expect.arrayContaining([user, shut]));
      await store.users.dropEmailWanted(tx, shut.id);
      expect(await store.users.find(shut.id)).toEqual({ ...shut, pendingEmail: null });
    });

    test('wanting an address claims nothing, and one that is another’s by now is refused by name', async () => {
      await using store = await open();
      const user = exampleUser(1);
      await store.users.insert(user);
      const wanted = { email: 'user2@example.org', emailKey: 'user2@example.org' };
      await store.users.markEmailWanted(tx, user.id, user.passwordHash, wanted);
      await store.users.insert(exampleUser(2));
      await expect(store.users.changeEmail(tx, user.id, wanted.emailKey, at)).rejects.toMatchObject({
        code: 'account.email_taken',
      });
      expect((await store.users.find(user.id))?.emailKey).toBe(user.emailKey);
    });

    test('of parallel changes of a password that name the same old one a single one is made', async () => {
      await using store = await open();
      const user = exampleUser(1);
      await store.users.insert(user);
      const made = await Promise.all(
        Array.from({ length: 10 }, (_, n) => store.users.changePassword(user.id, 'hash1', `new${n}`, at)),
      );
      expect(made.filter(Boolean)).toHaveLength(1);
      expect(await store.users.find(user.id)).toMatchObject({ passwordChangedAt: at });
    });

    test('a hash is replaced only if it is still the one that was read', async () => {
      await using store = await open();
      const user = exampleUser(1);
      await store.users.insert(user);
      await store.users.replaceHash(user.id, 'an older hash', 'lost');
      expect((await store.users.find(user.id))?.passwordHash).toBe('hash1');
      await store.users.replaceHash(user.id, 'hash1', 'new');
      expect((await store.users.find(user.id))?.passwordHash).toBe('new');
    });
  });
};
