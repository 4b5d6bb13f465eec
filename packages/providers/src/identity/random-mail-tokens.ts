import { createHash, randomBytes } from 'node:crypto';
import type { MailTokenSource } from '@eventhorizon/core/identity/ports';

const hashOf = (token: string): string => createHash('sha256').update(token).digest('base64url');

/** 256 random bits as base64url: 43 characters. */
export const randomMailTokens: MailTokenSource = {
  mint: () => {
    const token = randomBytes(32).toString('base64url');
    return { token, hash: hashOf(token) };
  },
  hashOf,
};
