import { ACCESS_TOKEN_MS, type AccessTokens } from '@eventhorizon/core/identity/ports';
import { addMs, type Clock } from '@eventhorizon/core/shared/clock';
import { DomainError } from '@eventhorizon/core/shared/errors';
import { idSchema } from '@eventhorizon/core/shared/ids';
import { errors, jwtVerify, SignJWT } from 'jose';
import { z } from 'zod';
import { readSigningKeys } from './signing-keys.ts';

export type AccessTokenOptions = {
  /** The private Ed25519 JWK, with `kid`, that signs. */
  readonly signing: unknown;
  /** Public JWKs that verify besides it: the next key and the last one. */
  readonly verifying: readonly unknown[];
  /** `iss` and `aud`: the public URL of the API. */
  readonly issuer: string;
  readonly clock: Clock;
};

const ALGORITHM = 'EdDSA';
/** RFC 9068 §2.1: tells an access token from every other JWT that the same key may sign. */
const TYPE = 'at+jwt';

const claimsSchema = z.object({
  sub: idSchema('usr'),
  sid: idSchema('ses'),
  adm: z.boolean(),
  exp: z.int(),
});

/**
 * EdDSA JWTs in the manner of RFC 9068: sub = user, sid = session, adm = platform admin. Verifying costs about 110 µs of a
 * core (put cachedAccessTokens before it) and knows nothing of ended sessions: forgetSession has nothing to forget here.
 */
export const joseAccessTokens = ({ issuer, clock, ...keyOptions }: AccessTokenOptions): AccessTokens => {
  const keys = readSigningKeys(keyOptions);
  return {
    issue: async ({ userId, sessionId, isAdmin }) => {
      const now = clock.now();
      const seconds = Math.floor(now.getTime() / 1_000);
      const exp = Math.floor(addMs(now, ACCESS_TOKEN_MS).getTime() / 1_000);
      const token = await new SignJWT({ sid: sessionId, adm: isAdmin })
        .setProtectedHeader({ alg: ALGORITHM, kid: keys.kid, typ: TYPE })
        .setSubject(userId)
        .setIssuer(issuer)
        .setAudience(issuer)
        .setIssuedAt(seconds)
        .setExpirationTime(exp)
        .sign(keys.signing);
      return { token, expiresAt: new Date(exp * 1_000) };
    },
    verify: async (token) => {
      try {
        const { payload } = await jwtVerify(
          token,
          ({ kid }) => {
            const key = keys.verifying.get(kid ?? '');
            if (key === undefined) throw new errors.JWKSNoMatchingKey();
            return key;
          },
          {
            algorithms: [ALGORITHM],
            typ: TYPE,
            issuer,
            audience: issuer,
            currentDate: clock.now(),
          },
        );
        const { sub, sid, adm, exp } = claimsSchema.parse(payload);
        return { userId: sub, sessionId: sid, isAdmin: adm, expiresAt: new Date(exp * 1_000) };
      } catch (cause) {
        // jose checks the signature before the claims, so an expired token was ours.
        if (cause instanceof errors.JWTExpired) throw new DomainError('auth.token_expired', {}, { cause });
        if (cause instanceof errors.JOSEError || cause instanceof z.ZodError) {
          throw new DomainError('auth.required', {}, { cause });
        }
        throw cause;
      }
    },
    forgetSession: () => undefined,
    jwks: () => ({ keys: keys.jwks.keys.map((key) => ({ ...key })) }),
  };
};
