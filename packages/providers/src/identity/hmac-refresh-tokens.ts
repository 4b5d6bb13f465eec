import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { RefreshTokenFamily, RefreshTokens } from '@eventhorizon/core/identity/ports';
import { idSchema } from '@eventhorizon/core/shared/ids';

const FORM = /^(ses_[0-9a-z]{26})\.(0|[1-9]\d{0,8})\.[\w-]{43}$/;
const sessionIdSchema = idSchema('ses');
const MIN_SECRET_BYTES = 32;

/**
 * `<session id>.<generation>.<HMAC-SHA-256>`. The MAC is over the family's id, its random salt and the generation, so
 * forging a token takes the secret and the database. `secrets`: the first signs, all are accepted, so that a secret can be
 * replaced without logging everybody out. Each needs 32 bytes of entropy at least (checked by length).
 */
export const hmacRefreshTokens = ({ secrets }: { readonly secrets: readonly string[] }): RefreshTokens => {
  const [current] = secrets;
  if (current === undefined) throw new RangeError('a secret for refresh tokens is needed');
  if (secrets.some((secret) => Buffer.byteLength(secret) < MIN_SECRET_BYTES)) {
    throw new RangeError(`a secret for refresh tokens needs at least ${MIN_SECRET_BYTES} bytes`);
  }
  const signed = (secret: string, { id, salt }: RefreshTokenFamily, generation: number): string => {
    const mac = createHmac('sha256', secret).update(`refresh-token\n${id}\n${salt}\n${generation}`);
    return `${id}.${generation}.${mac.digest('base64url')}`;
  };
  return {
    newSalt: () => randomBytes(32).toString('base64url'),
    tokenOf: (family, generation) => signed(current, family, generation),
    read: (token) => {
      const [, session, generation] = FORM.exec(token) ?? [];
      const sessionId = sessionIdSchema.safeParse(session);
      return sessionId.success ? { sessionId: sessionId.data, generation: Number(generation) } : null;
    },
    isAuthentic: (token, family, generation) =>
      secrets.some((secret) => isSame(token, signed(secret, family, generation))),
  };
};

const isSame = (a: string, b: string): boolean => {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
};
