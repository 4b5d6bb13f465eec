import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { FirstAdminCode } from '@eventhorizon/core/identity/admins/claim-first-admin';

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** `code` undefined: none is set, and nothing matches. Digests are of one length, so that comparing them tells nothing. */
export const firstAdminCode = (code: string | undefined): FirstAdminCode => {
  const expected = digest(code ?? randomBytes(32).toString('base64url'));
  return { matches: (given) => timingSafeEqual(digest(given), expected) };
};
