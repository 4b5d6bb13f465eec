import { describe, expect, it } from 'vitest';
import { REFRESH_AHEAD_MS, type TokenKeeperOptions, tokenKeeper } from './token-keeper.ts';
import type { Tokens } from './tokens.ts';

const NOW = Date.parse('2026-06-01T12:00:00Z');
const accessTokenUntil = (endsAt: number, mark = 'a'): string =>
  `h.${btoa(JSON.stringify({ exp: Math.floor(endsAt / 1_000), mark }))}.s`;
const expired: Tokens = { accessToken: accessTokenUntil(NOW - 1_000), refreshToken: 'r0' };
const fresh = (mark: string): Tokens => ({
  accessToken: accessTokenUntil(NOW + 600_000, mark),
  refreshToken: `r-${mark}`,
});

const setUp = (options: Partial<TokenKeeperOptions> = {}) => {
  const refreshedWith: string[] = [];
  const told: (Tokens | null)[] = [];
  const keeper = tokenKeeper({
    tokens: expired,
    refresh: async (refreshToken) => {
      refreshedWith.push(refreshToken);
      return fresh(String(refreshedWith.length));
    },
    isOver: () => false,
    onTokens: (tokens) => {
      told.push(tokens);
    },
    now: () => NOW,
    ...options,
  });
  return { keeper, refreshedWith, told };
};

describe('tokenKeeper', () => {
  it('refreshes once for 20 callers that find the token expired', async () => {
    const { keeper, refreshedWith, told } = setUp();
    const got = await Promise.all(Array.from({ length: 20 }, () => keeper.accessToken()));
    expect(refreshedWith).toEqual(['r0']);
    expect(new Set(got)).toEqual(new Set([fresh('1').accessToken]));
    expect(told).toEqual([fresh('1')]);
  });

  it('twin: without single flight the same 20 callers refresh more than once', async () => {
    const { keeper, refreshedWith } = setUp({ merge: (work) => work });
    await Promise.all(Array.from({ length: 20 }, () => keeper.accessToken()));
    expect(refreshedWith.length).toBeGreaterThan(1);
  });

  it('refreshes ahead of expiry, and not before', async () => {
    const soon = accessTokenUntil(NOW + REFRESH_AHEAD_MS - 1_000);
    const later = accessTokenUntil(NOW + REFRESH_AHEAD_MS + 1_000);
    const early = setUp({ tokens: { accessToken: later, refreshToken: 'r' } });
    expect(await early.keeper.accessToken()).toBe(later);
    const late = setUp({ tokens: { accessToken: soon, refreshToken: 'r' } });
    expect(await late.keeper.accessToken()).toBe(fresh('1').accessToken);
  });

  it('goes on with a token that is still good when refreshing ahead fails', async () => {
    const soon = accessTokenUntil(NOW + 5_000);
    const { keeper } = setUp({
      tokens: { accessToken: soon, refreshToken: 'r' },
      refresh: () => Promise.reject(new Error('no network')),
    });
    expect(await keeper.accessToken()).toBe(soon);
  });

  it('forgets the tokens when the session is over, and tells', async () => {
    const over = new Error('session ended');
    const { keeper, told } = setUp({
      refresh: () => Promise.reject(over),
      isOver: (error) => error === over,
    });
    await expect(keeper.accessToken()).rejects.toBe(over);
    expect(keeper.current()).toBeNull();
    expect(told).toEqual([null]);
  });

  it('keeps the tokens when a refresh fails for another reason', async () => {
    const { keeper, told } = setUp({ refresh: () => Promise.reject(new Error('no network')) });
    await expect(keeper.accessToken()).rejects.toThrow('no network');
    expect(keeper.current()).toBe(expired);
    expect(told).toEqual([]);
  });

  it('replaces a refused token by the newer one that another call has fetched already', async () => {
    const { keeper, refreshedWith } = setUp();
    await keeper.accessToken();
    expect(await keeper.replace(expired.accessToken)).toBe(fresh('1').accessToken);
    expect(refreshedWith).toHaveLength(1);
  });

  it('does not bring a session back that was logged out while it was refreshed', async () => {
    let answer: (tokens: Tokens) => void = () => expect.unreachable('not asked yet');
    const { keeper } = setUp({
      refresh: () =>
        new Promise((resolve) => {
          answer = resolve;
        }),
    });
    const asked = keeper.accessToken();
    await keeper.set(null);
    answer(fresh('1'));
    expect(await asked).toBeNull();
    expect(keeper.current()).toBeNull();
  });
});
