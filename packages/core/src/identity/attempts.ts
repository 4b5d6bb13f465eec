import { DAY_MS, HOUR_MS, MINUTE_MS } from '../shared/clock.ts';
import { DomainError } from '../shared/errors.ts';

/** `count` attempts within `withinMs`. The window begins with the first and does not grow by those that are refused. */
export type AttemptLimit = { readonly count: number; readonly withinMs: number };

/**
 * What is limited and, unless the installation says otherwise, how far. An address is an IPv4 address or an IPv6 network (/64): one
 * household has no more, one attacker no less. Many people may share one (a campus, a mobile carrier), so limits by address bound
 * what they cost us and limits by login and account bound guessing. A login is a user name or an e-mail address, also one that nobody has.
 */
export const ATTEMPT_LIMITS = {
  /** Log-ins from an address, whoever's: each costs a hash. */
  log_in_per_address: { count: 100, withinMs: 10 * MINUTE_MS },
  /** Log-ins by one login from one address; forgotten when one succeeds. */
  log_in_per_login_and_address: { count: 10, withinMs: 15 * MINUTE_MS },
  /** Log-ins by one login from everywhere; forgotten when one succeeds. Does not bind addresses where the account has logged in before. */
  log_in_per_login: { count: 60, withinMs: HOUR_MS },
  register_per_address: { count: 100, withinMs: HOUR_MS },
  /** The password asked for again, for a new one or another address: whoever took over a session does not guess it. */
  prove_password_per_account: { count: 10, withinMs: 15 * MINUTE_MS },
  /** Codes to another address of an account, by who asks for them and by who gets them: strangers, perhaps. */
  change_email_per_account: { count: 5, withinMs: DAY_MS },
  change_email_per_recipient: { count: 5, withinMs: DAY_MS },
  /** Codes that ask whose an address is, over all accounts that are opened with it, one after the other: a stranger's, perhaps. */
  verify_email_per_recipient: { count: 20, withinMs: DAY_MS },
  /** Letters with codes, by who asks for them and by who gets them. */
  ask_letter_per_address: { count: 50, withinMs: HOUR_MS },
  ask_letter_per_account: { count: 20, withinMs: HOUR_MS },
  /** Codes presented, of letters and of the first admin. */
  present_code_per_address: { count: 50, withinMs: 15 * MINUTE_MS },
  /** Anybody may open organizations: these bound how many letters to strangers that makes, over all of them. */
  create_organization_per_account: { count: 20, withinMs: DAY_MS },
  /** Letters with invitations, by who invites and by who is invited. */
  invite_per_account: { count: 100, withinMs: DAY_MS },
  invite_per_recipient: { count: 10, withinMs: DAY_MS },
  /** Letters with tickets that are passed on, by who sends them and by who gets them. */
  transfer_per_account: { count: 50, withinMs: DAY_MS },
  transfer_per_recipient: { count: 20, withinMs: DAY_MS },
} as const satisfies Record<string, AttemptLimit>;

export type AttemptKind = keyof typeof ATTEMPT_LIMITS;
export type AttemptLimits = { readonly [K in AttemptKind]: AttemptLimit };

/** Counts attempts by kind and by whose they are, over all processes. Never fails: when the shared count is lost, each process counts for itself. */
export type AttemptCounter = {
  /** Counts one more. null when it may go on, else after how long (ms) another try makes sense. */
  readonly take: (kind: AttemptKind, whose: string) => Promise<number | null>;
  /** Counts from nothing again. */
  readonly forget: (kind: AttemptKind, whose: string) => Promise<void>;
};

export type LimitDeps = { readonly attempts: AttemptCounter };

/** Counts what somebody may do only so often; throws `account.too_often`. */
export const limitActs = async ({ attempts }: LimitDeps, kind: AttemptKind, whose: string): Promise<void> => {
  const retryAfterMs = await attempts.take(kind, whose);
  if (retryAfterMs !== null) throw new DomainError('account.too_often', { retryAfterMs });
};

/** Counts an attempt; throws `auth.too_many_attempts` when there were too many. `whose` null: nobody known to count it for. */
export const limitAttempts = async (
  { attempts }: LimitDeps,
  kind: AttemptKind,
  whose: string | null | undefined,
): Promise<void> => {
  if (whose === null || whose === undefined) return;
  const retryAfterMs = await attempts.take(kind, whose);
  if (retryAfterMs !== null) throw new DomainError('auth.too_many_attempts', { retryAfterMs });
};
