import { createHash, randomBytes } from 'node:crypto';
import type { TicketLinkSource } from '@eventhorizon/core/notifications/ports';

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';
const LETTERS = 20;

const hashOf = (code: string): string => createHash('sha256').update(code).digest('base64url');

/** 20 letters of 5 random bits each. */
export const randomTicketLinks: TicketLinkSource = {
  mint: () => {
    const code = [...randomBytes(LETTERS)].map((byte) => ALPHABET.charAt(byte & 31)).join('');
    return { code, hash: hashOf(code) };
  },
  hashOf,
};
