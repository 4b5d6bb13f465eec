import { z } from 'zod';
import { HOUR_MS, MINUTE_MS } from '../shared/clock.ts';
import type { UserId } from '../shared/ids.ts';

export const MAIL_TOKEN_PURPOSES = ['verify_email', 'change_email', 'reset_password'] as const;
export type MailTokenPurpose = (typeof MAIL_TOKEN_PURPOSES)[number];

/** Proof that somebody reads the mail of an address, for one use. The token itself is in the letter alone. */
export type MailToken = {
  readonly hash: string;
  readonly purpose: MailTokenPurpose;
  readonly userId: UserId;
  /** The address that it went to: it proves that one, also when the account has another by now. */
  readonly emailKey: string;
  readonly expiresAt: Date;
};

/** A mailbox that somebody reads later is an ordinary thing; one that opens an account should be read soon. */
export const MAIL_TOKEN_MS: { readonly [P in MailTokenPurpose]: number } = {
  verify_email: 24 * HOUR_MS,
  change_email: 24 * HOUR_MS,
  reset_password: HOUR_MS,
};

/** At most one letter of a kind goes to an account within this time, however often it is asked for. */
export const LETTER_WINDOW_MS = 2 * MINUTE_MS;

/** Names the window that `now` is in: the same for all who ask within it. */
export const letterWindow = (now: Date): string =>
  new Date(Math.floor(now.getTime() / LETTER_WINDOW_MS) * LETTER_WINDOW_MS).toISOString();

export const mailTokenSchema = z.string().trim().min(1).max(100);
