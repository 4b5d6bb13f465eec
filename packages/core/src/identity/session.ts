import { addMs, DAY_MS, SECOND_MS } from '../shared/clock.ts';
import type { SessionId, UserId } from '../shared/ids.ts';

export const SESSION_END_REASONS = [
  'logged_out',
  'reused',
  'password_changed',
  'revoked',
  'suspended',
] as const;
export type SessionEndReason = (typeof SESSION_END_REASONS)[number];

/**
 * One log-in and the family of refresh tokens that follows from it. Tokens are derived from `salt`, `id` and the number of
 * their generation under a secret that is not stored (RefreshTokens), so neither a token nor its hash is kept here.
 */
export type Session = {
  readonly id: SessionId;
  readonly userId: UserId;
  /** Random, one a family. */
  readonly salt: string;
  /** Number of the newest refresh token; rises by one with every rotation, by compare-and-set. */
  readonly generation: number;
  /** When recent generations were replaced, oldest first: those within the grace period before the last rotation. */
  readonly rotations: readonly { readonly generation: number; readonly at: Date }[];
  /** The User-Agent of the log-in, cleaned; null when it had none. */
  readonly userAgent: string | null;
  /** Where it was begun: an IPv4 address or an IPv6 network (/64); null when unknown. */
  readonly network: string | null;
  readonly createdAt: Date;
  /** When its newest refresh token was issued. */
  readonly lastUsedAt: Date;
  /** Moves with each rotation. */
  readonly expiresAt: Date;
  readonly endedAt: Date | null;
  readonly endReason: SessionEndReason | null;
};

/** How long a replaced refresh token still gives its successor: parallel processes, lost answers. */
export const REFRESH_GRACE_MS = 30 * SECOND_MS;
/** A session that nobody uses ends after this. */
export const SESSION_IDLE_MS = 30 * DAY_MS;
/** And any session ends after this: then the password is asked for again. */
export const SESSION_MAX_MS = 180 * DAY_MS;
/** Rotations remembered at most: a client that refreshes more often within the grace period is not well. */
const MAX_ROTATIONS = 32;

const expiryOf = (createdAt: Date, now: Date): Date =>
  new Date(Math.min(addMs(now, SESSION_IDLE_MS).getTime(), addMs(createdAt, SESSION_MAX_MS).getTime()));

/** Most sessions that an account is shown. */
export const MAX_LISTED_SESSIONS = 100;

const MAX_USER_AGENT = 300;
const cleanUserAgent = (text: string): string | null => {
  const clean = text
    .replaceAll(/[\p{C}\s]+/gu, ' ')
    .trim()
    .slice(0, MAX_USER_AGENT);
  return clean === '' ? null : clean;
};

/** What is known of who begins a session. */
export type SessionOrigin = { readonly userAgent?: string | null; readonly network?: string | null };

export const startSession = (
  id: SessionId,
  userId: UserId,
  salt: string,
  now: Date,
  { userAgent = null, network = null }: SessionOrigin = {},
): Session => ({
  id,
  userId,
  salt,
  generation: 0,
  rotations: [],
  userAgent: userAgent === null ? null : cleanUserAgent(userAgent),
  network,
  createdAt: now,
  lastUsedAt: now,
  expiresAt: expiryOf(now, now),
  endedAt: null,
  endReason: null,
});

/** The session after its newest token was used at `now`. Saved by compare-and-set on the generation before. */
export const rotateSession = (session: Session, now: Date): Session => ({
  ...session,
  generation: session.generation + 1,
  lastUsedAt: now,
  rotations: [
    ...session.rotations.filter(({ at }) => addMs(at, REFRESH_GRACE_MS) >= now),
    { generation: session.generation, at: now },
  ].slice(-MAX_ROTATIONS),
  expiresAt: expiryOf(session.createdAt, now),
});
