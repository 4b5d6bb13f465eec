import { describe, expect, test } from 'vitest';
import type { Id, UserId } from '../shared/ids.ts';
import type { MailToken } from './mail-token.ts';
import type { MailTokenStore } from './ports.ts';

/** Ahead of the real time, because MongoDB's TTL monitor goes by that. */
const now = new Date(Date.UTC(2090, 0, 1));
const userId = (n: number): UserId => `usr_${String(n).padStart(26, '0')}` as Id<'usr'>;
const exampleToken = (changes: Partial<MailToken> = {}): MailToken => ({
  hash: 'hash1',
  purpose: 'verify_email',
  userId: userId(1),
  emailKey: 'ada@example.org',
  expiresAt: new Date(now.getTime() + 1),
  ...changes,
});

/** What every MailTokenStore promises. `open` gives an empty store of its own. */
export const mailTokenStoreContract = (
  open: () => Promise<AsyncDisposable & { mailTokens: MailTokenStore }>,
): void => {
  describe('mail token store', () => {
    test('of many that use one token a single one succeeds', async () => {
      await using store = await open();
      await store.mailTokens.insert(exampleToken());
      const taken = await Promise.all(
        Array.from({ length: 20 }, () => store.mailTokens.take('hash1', 'verify_email', now)),
      );
      expect(taken.filter((token) => token !== null)).toEqual([exampleToken()]);
    });

    test('an expired token, an unknown one, and one for another purpose are not taken', async () => {
      await using store = await open();
      await store.mailTokens.insert(exampleToken());
      expect(await store.mailTokens.take('hash1', 'verify_email', exampleToken().expiresAt)).toBeNull();
      expect(await store.mailTokens.take('hash2', 'verify_email', now)).toBeNull();
      expect(await store.mailTokens.take('hash1', 'reset_password', now)).toBeNull();
      expect(await store.mailTokens.take('hash1', 'verify_email', now)).not.toBeNull();
    });

    test('a token is found as it would be taken, and can be taken after that', async () => {
      await using store = await open();
      await store.mailTokens.insert(exampleToken());
      expect(await store.mailTokens.find('hash1', 'verify_email', exampleToken().expiresAt)).toBeNull();
      expect(await store.mailTokens.find('hash2', 'verify_email', now)).toBeNull();
      expect(await store.mailTokens.find('hash1', 'reset_password', now)).toBeNull();
      for (const call of ['find', 'find', 'take'] as const)
        expect(await store.mailTokens[call]('hash1', 'verify_email', now)).toEqual(exampleToken());
      expect(await store.mailTokens.find('hash1', 'verify_email', now)).toBeNull();
    });

    test('all tokens of an account and purpose are dropped, and no others', async () => {
      await using store = await open();
      await store.mailTokens.insert(exampleToken());
      await store.mailTokens.insert(exampleToken({ hash: 'hash2' }));
      await store.mailTokens.insert(exampleToken({ hash: 'hash3', purpose: 'reset_password' }));
      await store.mailTokens.insert(exampleToken({ hash: 'hash4', userId: userId(2) }));
      await store.mailTokens.dropAll(userId(1), 'verify_email');
      expect(await store.mailTokens.take('hash1', 'verify_email', now)).toBeNull();
      expect(await store.mailTokens.take('hash2', 'verify_email', now)).toBeNull();
      expect(await store.mailTokens.take('hash3', 'reset_password', now)).not.toBeNull();
      expect(await store.mailTokens.take('hash4', 'verify_email', now)).not.toBeNull();
    });
  });
};
