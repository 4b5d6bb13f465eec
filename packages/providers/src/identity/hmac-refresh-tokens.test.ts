import type { RefreshTokenFamily } from '@eventhorizon/core/identity/ports';
import { refreshSessionSchema } from '@eventhorizon/core/identity/refresh-session';
import type { Id } from '@eventhorizon/core/shared/ids';
import { expect, test } from 'vitest';
import { hmacRefreshTokens } from './hmac-refresh-tokens.ts';

const secret = 'a secret of thirty-two bytes or more';
const tokens = hmacRefreshTokens({ secrets: [secret] });
const family = (changes: Partial<RefreshTokenFamily> = {}): RefreshTokenFamily => ({
  id: `ses_${'1'.repeat(26)}` as Id<'ses'>,
  salt: 'salt',
  ...changes,
});

test('the token of a generation is always the same, and is read back', () => {
  const token = tokens.tokenOf(family(), 7);
  expect(hmacRefreshTokens({ secrets: [secret] }).tokenOf(family(), 7)).toBe(token);
  expect(tokens.read(token)).toEqual({ sessionId: family().id, generation: 7 });
  expect(tokens.isAuthentic(token, family(), 7)).toBe(true);
  expect(refreshSessionSchema.safeParse({ refreshToken: token }).success).toBe(true);
});

test('a token is of one generation, one family, one salt and one secret only', () => {
  const token = tokens.tokenOf(family(), 7);
  const other = family({ id: `ses_${'2'.repeat(26)}` as Id<'ses'> });
  expect(tokens.isAuthentic(token, family(), 8)).toBe(false);
  expect(tokens.isAuthentic(token, other, 7)).toBe(false);
  expect(tokens.isAuthentic(token, family({ salt: 'pepper' }), 7)).toBe(false);
  const stranger = hmacRefreshTokens({ secrets: ['another secret of thirty-two bytes'] });
  expect(stranger.isAuthentic(token, family(), 7)).toBe(false);
});

test('moving a valid signature to another generation or session does not make it valid there', () => {
  const [, , mac] = tokens.tokenOf(family(), 7).split('.');
  expect(tokens.isAuthentic(`${family().id}.8.${mac}`, family(), 8)).toBe(false);
});

test('no token with a character changed is authentic', () => {
  const token = tokens.tokenOf(family(), 7);
  for (let at = 0; at < token.length; at += 1) {
    const changed = `${token.slice(0, at)}${token[at] === 'A' ? 'B' : 'A'}${token.slice(at + 1)}`;
    const claimed = tokens.read(changed);
    const accepted = claimed !== null && tokens.isAuthentic(changed, family(), claimed.generation);
    expect(accepted, `character ${at}`).toBe(false);
  }
});

test.each([
  '',
  'nonsense',
  `ses_${'1'.repeat(26)}.7`,
  `evt_${'1'.repeat(26)}.7.${'a'.repeat(43)}`,
  `ses_${'u'.repeat(26)}.7.${'a'.repeat(43)}`,
  `ses_${'1'.repeat(26)}.-7.${'a'.repeat(43)}`,
  `ses_${'1'.repeat(26)}.07.${'a'.repeat(43)}`,
  `ses_${'1'.repeat(26)}.7e9.${'a'.repeat(43)}`,
  `ses_${'1'.repeat(26)}.9999999999.${'a'.repeat(43)}`,
  `ses_${'1'.repeat(26)}.7.${'a'.repeat(44)}`,
])('%j has not the form of a token', (text) => {
  expect(tokens.read(text)).toBeNull();
});

test('a new secret signs, and tokens of the old one still work until it is dropped', () => {
  const old = tokens.tokenOf(family(), 7);
  const fresh = 'a new secret of thirty-two bytes or more';
  const both = hmacRefreshTokens({ secrets: [fresh, secret] });
  expect(both.isAuthentic(old, family(), 7)).toBe(true);
  expect(both.tokenOf(family(), 7)).not.toBe(old);
  expect(hmacRefreshTokens({ secrets: [fresh] }).isAuthentic(old, family(), 7)).toBe(false);
});

test('a salt is 256 random bits', () => {
  const salts = Array.from({ length: 100 }, tokens.newSalt);
  expect(new Set(salts).size).toBe(100);
  for (const salt of salts) expect(Buffer.from(salt, 'base64url')).toHaveLength(32);
});

test.each([[[]], [['too short']], [[secret, 'too short']]])(
  'the secrets %j are refused at the start',
  (secrets) => {
    expect(() => hmacRefreshTokens({ secrets })).toThrow(RangeError);
  },
);
