import { randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import { randomMailTokens } from './random-mail-tokens.ts';

const beginWithDash = (mint: () => string): number =>
  Array.from({ length: 3_000 }, mint).filter((token) => token.startsWith('-')).length;

it('a mailed code never begins with a dash, so that it may be typed after a command', () => {
  expect(beginWithDash(() => randomMailTokens.mint().token)).toBe(0);
});

it('twin: of any base64url text one in 64 does', () => {
  expect(beginWithDash(() => randomBytes(32).toString('base64url'))).toBeGreaterThan(0);
});
