import { ACCESS_TOKEN_MS, type AccessTokens } from '@eventhorizon/core/identity/ports';
import type { Id } from '@eventhorizon/core/shared/ids';
import { type FakeClock, fakeClock } from '@eventhorizon/core/testing/fake-clock';
import { plainAccessTokens } from '@eventhorizon/core/testing/in-memory-identity';
import { expect, test } from 'vitest';
import { cachedAccessTokens } from './cached-access-tokens.ts';

const claimsOf = (n: number) => ({
  userId: `usr_${'1'.repeat(26)}` as Id<'usr'>,
  sessionId: `ses_${String(n).padStart(26, '0')}` as Id<'ses'>,
  isAdmin: false,
});

/** Tokens without signatures that count how often one was verified for real. */
const counting = (clock: FakeClock) => {
  let verified = 0;
  const plain = plainAccessTokens(clock);
  const tokens: AccessTokens = {
    ...plain,
    verify: async (token) => {
      verified += 1;
      return plain.verify(token);
    },
  };
  return { tokens, plain, verified: () => verified };
};

const open = (maxTokens?: number) => {
  const clock = fakeClock();
  const inner = counting(clock);
  return {
    clock,
    inner,
    tokens: cachedAccessTokens(inner.tokens, { clock, ...(maxTokens ? { maxTokens } : {}) }),
  };
};

test('the signature of a token is checked once', async () => {
  const { tokens, inner } = open();
  const { token } = await tokens.issue(claimsOf(1));
  for (let times = 0; times < 10; times += 1) await tokens.verify(token);
  expect(inner.verified()).toBe(1);
});

test('an expired token is never answered from memory', async () => {
  const { clock, inner, tokens } = open();
  const { token } = await tokens.issue(claimsOf(1));
  await tokens.verify(token);
  clock.advance(ACCESS_TOKEN_MS);
  await expect(tokens.verify(token)).rejects.toMatchObject({ code: 'auth.token_expired' });
  expect(inner.verified()).toBe(2);
});

test('a session that was forgotten is refused at once, in memory or not; others are not', async () => {
  const { inner, tokens } = open();
  const [known, unknown, other] = await Promise.all([
    tokens.issue(claimsOf(1)),
    tokens.issue({ ...claimsOf(1), isAdmin: true }),
    tokens.issue(claimsOf(2)),
  ]);
  await tokens.verify(known.token);
  tokens.forgetSession(claimsOf(1).sessionId);
  for (const { token } of [known, unknown]) {
    await expect(tokens.verify(token)).rejects.toMatchObject({ code: 'auth.session_ended' });
  }
  await expect(tokens.verify(other.token)).resolves.toMatchObject(claimsOf(2));
  expect(inner.plain.forgotten).toEqual([claimsOf(1).sessionId]);
});

test('twin: without the memory of forgotten sessions the signature alone lets the token in', async () => {
  const { inner } = open();
  const { token } = await inner.tokens.issue(claimsOf(1));
  inner.tokens.forgetSession(claimsOf(1).sessionId);
  await expect(inner.tokens.verify(token)).resolves.toMatchObject(claimsOf(1));
});

test('a session forgotten while its token is being verified is refused', async () => {
  const clock = fakeClock();
  const inner = plainAccessTokens(clock);
  const tokens = cachedAccessTokens(
    {
      ...inner,
      verify: async (token) => {
        const claims = await inner.verify(token);
        tokens.forgetSession(claims.sessionId);
        return claims;
      },
    },
    { clock },
  );
  const { token } = await tokens.issue(claimsOf(1));
  await expect(tokens.verify(token)).rejects.toMatchObject({ code: 'auth.session_ended' });
});

test('a forgotten session stays refused as long as a token of it can live, whoever is forgotten next', async () => {
  const { clock, tokens } = open();
  const { token } = await tokens.issue(claimsOf(1));
  tokens.forgetSession(claimsOf(1).sessionId);
  for (let minute = 1; minute < 10; minute += 1) {
    clock.advance(60_000);
    tokens.forgetSession(claimsOf(100 + minute).sessionId);
    await expect(tokens.verify(token)).rejects.toMatchObject({ code: 'auth.session_ended' });
  }
});

test('a token that was refused is not remembered', async () => {
  const { inner, tokens } = open();
  for (let times = 0; times < 3; times += 1) await expect(tokens.verify('nonsense')).rejects.toThrow();
  expect(inner.verified()).toBe(3);
});

test('no more tokens are remembered than allowed; the least recently used goes', async () => {
  const { inner, tokens } = open(2);
  const issued = await Promise.all([1, 2, 3].map((n) => tokens.issue(claimsOf(n))));
  const [a, b, c] = issued.map(({ token }) => token);
  for (const token of [a, b, a, c, a]) await tokens.verify(token ?? '');
  expect(inner.verified()).toBe(3);
  await tokens.verify(b ?? '');
  expect(inner.verified()).toBe(4);
});
