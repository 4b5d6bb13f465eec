import { z } from 'zod';
import { type LimitDeps, limitAttempts } from '../identity/attempts.ts';
import { emailSchema } from '../identity/identity-schemas.ts';
import { letterWindow } from '../identity/mail-token.ts';
import { identityKey } from '../identity/user.ts';
import type { Clock } from '../shared/clock.ts';
import type { Outbox, UnitOfWork } from '../shared/unit-of-work.ts';

export const requestPasswordResetSchema = z.object({ email: emailSchema });
export type RequestPasswordReset = z.output<typeof requestPasswordResetSchema> & {
  readonly network?: string | null;
};

export type RequestPasswordResetDeps = LimitDeps & {
  readonly unitOfWork: UnitOfWork;
  readonly outbox: Outbox;
  readonly clock: Clock;
};

/**
 * Mails a code for a new password to the address, if an account has it. Does not look: the worker does, so that neither the
 * answer nor the time it takes tells whether there is one. Asking again within LETTER_WINDOW_MS sends no second letter. Throws
 * `auth.too_many_attempts`.
 */
export const requestPasswordReset = async (
  { unitOfWork, outbox, clock, attempts }: RequestPasswordResetDeps,
  { email, network }: RequestPasswordReset,
): Promise<void> => {
  const emailKey = identityKey(email);
  await limitAttempts({ attempts }, 'ask_letter_per_address', network);
  await limitAttempts({ attempts }, 'ask_letter_per_account', emailKey);
  const now = clock.now();
  const occasion = letterWindow(now);
  const message = {
    job: 'account.mail_password_reset' as const,
    payload: { emailKey, occasion },
    dueAt: now,
    key: `account.mail_password_reset:${emailKey}:${occasion}`,
  };
  await unitOfWork.run((tx) => outbox.add(tx, [message]));
};
