import type { SessionId, UserId } from '../shared/ids.ts';
import type { Tx } from '../shared/unit-of-work.ts';
import type { MailToken, MailTokenPurpose } from './mail-token.ts';
import type { Session, SessionEndReason } from './session.ts';
import type { Profile, User } from './user.ts';

export type UserStore = {
  /** Throws `account.email_taken` or `account.username_taken`. */
  readonly insert: (user: User, tx?: Tx) => Promise<void>;
  readonly find: (id: UserId, tx?: Tx) => Promise<User | null>;
  /** Those that exist, in no particular order. */
  readonly findMany: (ids: readonly UserId[]) => Promise<User[]>;
  readonly findByUsernameKey: (usernameKey: string) => Promise<User | null>;
  readonly findByEmailKey: (emailKey: string) => Promise<User | null>;
  /** Those there are, in no particular order. */
  readonly findByEmailKeys: (emailKeys: readonly string[], tx?: Tx) => Promise<User[]>;
  /** Changes only the fields given; null when there is no such user. */
  readonly changeProfile: (id: UserId, changes: Partial<Profile>, at: Date) => Promise<User | null>;
  /** The same password hashed anew. A no-op when `from` is not the stored hash any more: the password was changed meanwhile. */
  readonly replaceHash: (id: UserId, from: string, to: string) => Promise<void>;
  /** Verified, unless it was before. false when the account's address is not `emailKey` (any more). */
  readonly markEmailVerified: (id: UserId, emailKey: string, at: Date, tx?: Tx) => Promise<boolean>;
  /**
   * The address that the account wants instead of its own; null: none any more. It claims nothing. false when `proved`, the hash that the
   * password was compared with, is not the stored one any more, or the account is suspended by now.
   */
  readonly markEmailWanted: (
    tx: Tx,
    id: UserId,
    proved: string,
    wanted: User['pendingEmail'],
  ) => Promise<boolean>;
  /** The account wants no other address any more, whoever asked for one. */
  readonly dropEmailWanted: (tx: Tx, id: UserId) => Promise<void>;
  /**
   * The wanted address becomes the account's own, verified. The account as it was before; null, and nothing happens, when it does not want
   * `emailKey` (any more) or is suspended. Throws `account.email_taken`.
   */
  readonly changeEmail: (tx: Tx, id: UserId, emailKey: string, at: Date) => Promise<User | null>;
  /** Another password; `from` is the hash that was read. false when it is not the stored one any more. */
  readonly changePassword: (id: UserId, from: string, to: string, at: Date, tx?: Tx) => Promise<boolean>;
};

/**
 * Where those meet who sell to an address and those who make it an account's, or prove it: each takes the address's turn in its
 * transaction, so that of two at once the later one sees what the other did. Asked for twice it is one turn.
 */
export type AddressTurns = { readonly take: (tx: Tx, emailKeys: readonly string[]) => Promise<void> };

/** Tokens that were mailed: kept by their hash, so that nobody who reads the database can use one. */
export type MailTokenStore = {
  readonly insert: (token: MailToken) => Promise<void>;
  /** Looks at it and leaves it; null as of `take`. */
  readonly find: (hash: string, purpose: MailTokenPurpose, now: Date) => Promise<MailToken | null>;
  /** Takes it out, so that it works once; null when it is unknown, was taken, is for another purpose or has expired. */
  readonly take: (hash: string, purpose: MailTokenPurpose, now: Date, tx?: Tx) => Promise<MailToken | null>;
  /** Those of an account that were mailed for this purpose work no more. */
  readonly dropAll: (userId: UserId, purpose: MailTokenPurpose, tx?: Tx) => Promise<void>;
};

/** 256 random bits, so one fast hash is enough to hide them. */
export type MailTokenSource = {
  readonly mint: () => { readonly token: string; readonly hash: string };
  readonly hashOf: (token: string) => string;
};

export type SessionStore = {
  readonly insert: (session: Session) => Promise<void>;
  /** Ended sessions are found too, until they would have expired. */
  readonly find: (id: SessionId) => Promise<Session | null>;
  /** Compare-and-set on (generation before, not ended). false: somebody else rotated or ended it first. */
  readonly saveRotation: (rotated: Session) => Promise<boolean>;
  /** Ends it once: later calls change nothing. */
  readonly end: (id: SessionId, reason: SessionEndReason, at: Date) => Promise<void>;
  /** Not ended and not expired, the one used last first; at most MAX_LISTED_SESSIONS. */
  readonly listOpen: (userId: UserId, now: Date) => Promise<Session[]>;
  /** Those that ended at `since` or later, of any account. */
  readonly listEndedSince: (since: Date) => Promise<SessionId[]>;
  /** Ends every open session of an account but `except`, as part of `tx` if given; their ids. */
  readonly endAll: (
    userId: UserId,
    reason: SessionEndReason,
    at: Date,
    options?: { readonly except?: SessionId | undefined; readonly tx?: Tx },
  ) => Promise<SessionId[]>;
  /** Whether the account has, or lately had, a session that was begun there. */
  readonly hasBegunFrom: (userId: UserId, network: string) => Promise<boolean>;
};

/** Hashes are PHC strings that carry their parameters. Passwords come normalized (`normalizePassword`). */
export type PasswordHasher = {
  readonly hash: (password: string) => Promise<string>;
  /**
   * `hash` null: there is no such account; does the same work against a decoy and never matches. `outdated`: the hash was made
   * with other parameters than today's, make it anew while the password is at hand.
   */
  readonly verify: (
    hash: string | null,
    password: string,
  ) => Promise<{ readonly matches: boolean; readonly outdated: boolean }>;
};

/** What an access token says. */
export type AccessClaims = {
  readonly userId: UserId;
  readonly sessionId: SessionId;
  readonly isAdmin: boolean;
  readonly expiresAt: Date;
};

/** 10 minutes: so long a token may outlive its session in a process that cannot hear of the end (forgetEndedSessions). */
export const ACCESS_TOKEN_MS = 10 * 60_000;

/** Access tokens: signed, read without the database. */
export type AccessTokens = {
  /** Valid for ACCESS_TOKEN_MS. */
  readonly issue: (
    claims: Omit<AccessClaims, 'expiresAt'>,
  ) => Promise<{ readonly token: string; readonly expiresAt: Date }>;
  /** Throws `auth.token_expired` when it was ours, `auth.session_ended` when its session was forgotten, else `auth.required`. */
  readonly verify: (token: string) => Promise<AccessClaims>;
  /** From now on this process refuses the session's tokens. */
  readonly forgetSession: (sessionId: SessionId) => void;
  /** The public keys, as a JWK set (RFC 7517 §5). */
  readonly jwks: () => { readonly keys: readonly Record<string, unknown>[] };
};

export type RefreshTokenFamily = Pick<Session, 'id' | 'salt'>;

/**
 * Refresh tokens, opaque to clients. The token of a generation is always the same, so a successor can be told again although it
 * is stored nowhere.
 */
export type RefreshTokens = {
  /** A salt for a new family: 256 random bits. */
  readonly newSalt: () => string;
  readonly tokenOf: (family: RefreshTokenFamily, generation: number) => string;
  /** Which session and generation a token claims to be of, unverified; null when it has not the form of a token. */
  readonly read: (token: string) => { readonly sessionId: SessionId; readonly generation: number } | null;
  /** Whether the token was issued by us as this generation of this family. In constant time. */
  readonly isAuthentic: (token: string, family: RefreshTokenFamily, generation: number) => boolean;
};
