import { createHash } from 'node:crypto';
import type { PersonKeys } from '@eventhorizon/core/bookings/ports';

/** 128 bits of SHA-256: the same address always gives the same person, and the address itself stands nowhere. */
export const hashedPersonKeys: PersonKeys = {
  ofEmail: (emailKey) => `mail:${createHash('sha256').update(emailKey).digest('base64url').slice(0, 22)}`,
};
