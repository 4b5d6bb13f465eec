import { generateKeyPairSync } from 'node:crypto';
import { ACCESS_TOKEN_MS, type AccessTokens } from '@eventhorizon/core/identity/ports';
import type { Id } from '@eventhorizon/core/shared/ids';
import { type FakeClock, fakeClock } from '@eventhorizon/core/testing/fake-clock';
import { createLocalJWKSet, decodeProtectedHeader, type JWTPayload, jwtVerify, SignJWT } from 'jose';
import { describe, expect, test } from 'vitest';
import { cachedAccessTokens } from './cached-access-tokens.ts';
import { joseAccessTokens } from './jose-access-tokens.ts';

const issuer = 'https://tickets.example.org';
const claims = {
  userId: `usr_${'1'.repeat(26)}` as Id<'usr'>,
  sessionId: `ses_${'1'.repeat(26)}` as Id<'ses'>,
  isAdmin: false,
};

const newKey = (kid: string) => {
  const { privateKey } = generateKeyPairSync('ed25519');
  return { ...privateKey.export({ format: 'jwk' }), kid };
};
const publicPart = ({ d: _private, ...jwk }: ReturnType<typeof newKey>) => jwk;

const key = newKey('k1');
const joseTokens = (clock: FakeClock) => joseAccessTokens({ signing: key, verifying: [], issuer, clock });

/** A token signed by the right key whose header or claims are not what we issue. */
const forged = (payload: JWTPayload, header: { alg?: string; typ?: string; kid?: string } = {}, by = key) =>
  new SignJWT({ sid: claims.sessionId, adm: true, ...payload })
    .setProtectedHeader({ alg: 'EdDSA', typ: 'at+jwt', kid: 'k1', ...header })
    .sign(by);
const now = Math.floor(fakeClock().now().getTime() / 1_000);
const good: JWTPayload = { sub: claims.userId, iss: issuer, aud: issuer, iat: now, exp: now + 600 };

const implementations = {
  'jose alone': joseTokens,
  'jose with the memory of verified tokens': (clock: FakeClock) =>
    cachedAccessTokens(joseTokens(clock), { clock }),
};

describe.each(Object.entries(implementations))('access tokens by %s', (_name, build) => {
  const open = (): { clock: FakeClock; tokens: AccessTokens } => {
    const clock = fakeClock();
    return { clock, tokens: build(clock) };
  };

  test('what was issued is read back, the second time as the first', async () => {
    const { clock, tokens } = open();
    const { token, expiresAt } = await tokens.issue({ ...claims, isAdmin: true });
    expect(expiresAt.getTime()).toBe(clock.now().getTime() + ACCESS_TOKEN_MS);
    for (let times = 0; times < 3; times += 1) {
      expect(await tokens.verify(token)).toEqual({ ...claims, isAdmin: true, expiresAt });
    }
  });

  test('an expired token is refused as expired, also when it was valid a moment ago', async () => {
    const { clock, tokens } = open();
    const { token } = await tokens.issue(claims);
    clock.advance(ACCESS_TOKEN_MS - 1);
    await tokens.verify(token);
    clock.advance(1);
    await expect(tokens.verify(token)).rejects.toMatchObject({ code: 'auth.token_expired' });
    await expect(tokens.verify(token)).rejects.toMatchObject({ code: 'auth.token_expired' });
  });

  test.each<[string, () => Promise<string>]>([
    ["of a stranger's key", () => forged(good, {}, newKey('k1'))],
    ['of an unknown key id', () => forged(good, { kid: 'k2' })],
    [
      'without a key id',
      () => new SignJWT(good).setProtectedHeader({ alg: 'EdDSA', typ: 'at+jwt' }).sign(key),
    ],
    ['of another type, signed by the same key', () => forged(good, { typ: 'JWT' })],
    ['for somebody else', () => forged({ ...good, aud: 'https://other.example.org' })],
    ['by somebody else', () => forged({ ...good, iss: 'https://other.example.org' })],
    ['without an end', () => forged({ ...good, exp: undefined })],
    ['without a user', () => forged({ ...good, sub: undefined })],
    ['of a user that is no user id', () => forged({ ...good, sub: 'root' })],
    ['without a session', () => forged({ ...good, sid: undefined })],
    ['with rights that are no yes or no', () => forged({ ...good, adm: 'true' })],
    [
      'signed with the public key as a shared secret',
      () =>
        new SignJWT(good)
          .setProtectedHeader({ alg: 'HS256', typ: 'at+jwt', kid: 'k1' })
          .sign(new TextEncoder().encode(key.x)),
    ],
    [
      'with no algorithm',
      async () => {
        const [, payload] = (await forged(good)).split('.');
        const header = Buffer.from('{"alg":"none","typ":"at+jwt","kid":"k1"}').toString('base64url');
        return `${header}.${payload}.`;
      },
    ],
    ['that is none', async () => 'nonsense'],
    ['that is empty', async () => ''],
  ])('a token %s is refused', async (_why, make) => {
    const { tokens } = open();
    const token = await make();
    await expect(tokens.verify(token)).rejects.toMatchObject({ code: 'auth.required' });
  });

  test('twin: the same forgery with nothing wrong in it is accepted', async () => {
    const { tokens } = open();
    expect(await tokens.verify(await forged(good))).toMatchObject({ userId: claims.userId, isAdmin: true });
  });

  test('a token with any character of its claims changed is refused', async () => {
    const { tokens } = open();
    const [header = '', payload = '', signature = ''] = (await tokens.issue(claims)).token.split('.');
    for (let at = 0; at < payload.length; at += 7) {
      const changed = `${payload.slice(0, at)}${payload[at] === 'A' ? 'B' : 'A'}${payload.slice(at + 1)}`;
      await expect(tokens.verify(`${header}.${changed}.${signature}`)).rejects.toMatchObject({
        kind: 'unauthenticated',
      });
    }
  });

  test('anybody can verify a token by the published keys, which hold no private part', async () => {
    const { clock, tokens } = open();
    const { token } = await tokens.issue(claims);
    const jwks = tokens.jwks();
    expect(JSON.stringify(jwks)).not.toContain('"d"');
    expect(decodeProtectedHeader(token)).toEqual({ alg: 'EdDSA', kid: 'k1', typ: 'at+jwt' });
    const keySet = createLocalJWKSet({ keys: jwks.keys.map((jwk) => ({ kty: 'OKP', ...jwk })) });
    const { payload } = await jwtVerify(token, keySet, { currentDate: clock.now() });
    expect(payload.sub).toBe(claims.userId);
  });
});

describe('rotating the signing key', () => {
  const next = newKey('k2');
  const build = (signing: object, verifying: object[]) =>
    joseAccessTokens({ signing, verifying, issuer, clock: fakeClock() });

  test('tokens of the old and the new key work while both are known', async () => {
    const [before, between, after] = [
      build(key, [publicPart(next)]),
      build(next, [publicPart(key)]),
      build(next, []),
    ];
    const [old, fresh] = [await before.issue(claims), await between.issue(claims)];
    expect(decodeProtectedHeader(fresh.token).kid).toBe('k2');
    for (const { token } of [old, fresh]) {
      await expect(before.verify(token)).resolves.toMatchObject(claims);
      await expect(between.verify(token)).resolves.toMatchObject(claims);
    }
    await expect(after.verify(old.token)).rejects.toMatchObject({ code: 'auth.required' });
    expect(between.jwks().keys.map(({ kid }) => kid)).toEqual(['k2', 'k1']);
  });

  test('a private key among those that verify is not published', () => {
    expect(JSON.stringify(build(key, [next]).jwks())).not.toContain(next.d);
  });

  test('two keys of one kid, and keys of another form, stop the process when it starts', () => {
    expect(() => build(key, [publicPart(newKey('k1'))])).toThrow('two keys have the kid k1');
    expect(() => build(publicPart(key), [])).toThrow();
    expect(() => build({ ...key, kid: undefined }, [])).toThrow();
    expect(() => build({ ...key, crv: 'X25519' }, [])).toThrow();
  });

  test('the message about a bad key does not tell the key', () => {
    const bad = { ...key, kid: '', d: 'the-private-part' };
    expect(() => build(bad, [])).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining(bad.d) }),
    );
  });
});
