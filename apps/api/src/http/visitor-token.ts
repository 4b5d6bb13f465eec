import { createHmac, timingSafeEqual } from 'node:crypto';
import { idSchema, type VisitorId } from '@eventhorizon/core/shared/ids';
import { LRUCache } from 'lru-cache';

/** Proof of being a visitor: `<visitor id>.<HMAC-SHA256 over it, base64url>`. Says who holds seats before logging in. */
export type VisitorTokens = {
  readonly issue: (visitorId: VisitorId) => string;
  /** null for anything that we did not issue. */
  readonly read: (token: string) => VisitorId | null;
};

/** Some 10 MB. */
const KNOWN_TOKENS = 20_000;

/** Made once: making a schema costs more than all the rest of reading a token. */
const visitorIdSchema = idSchema('vis');

export const visitorTokens = (secret: string): VisitorTokens => {
  const signatureOf = (visitorId: VisitorId): Buffer =>
    createHmac('sha256', secret).update(`visitor:${visitorId}`).digest();
  /** Tokens that were found good. A token says one thing for ever, so it need not be reckoned again. Bounded. */
  const known = new LRUCache<string, VisitorId>({ max: KNOWN_TOKENS });
  const check = (token: string): VisitorId | null => {
    const [name, signature, ...rest] = token.split('.');
    const { data: visitorId } = visitorIdSchema.safeParse(name);
    if (visitorId === undefined || signature === undefined || rest.length > 0) return null;
    const presented = Buffer.from(signature, 'base64url');
    const expected = signatureOf(visitorId);
    if (presented.length !== expected.length || !timingSafeEqual(presented, expected)) return null;
    known.set(token, visitorId);
    return visitorId;
  };
  return {
    issue: (visitorId) => `${visitorId}.${signatureOf(visitorId).toString('base64url')}`,
    read: (token) => known.get(token) ?? check(token),
  };
};
