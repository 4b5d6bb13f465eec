import { createHash, randomBytes } from 'node:crypto';
import type { MailTokenSource } from '@eventhorizon/core/identity/ports';

const hashOf = (token: string): string => createHash('sha256').update(token).digest('base64url');

/** Of one that begins with a dash a command line takes what follows for options. */
const randomToken = (): string => {
  const token = randomBytes(32).toString('base64url');
  return token.startsWith('-') ? randomToken() : token;
};

/** 256 random bits as base64url, but for those that begin with a dash: 43 characters. */
export const randomMailTokens: MailTokenSource = {
  mint: () => {
    const token = randomToken();
    return { token, hash: hashOf(token) };
  },
  hashOf,
};
