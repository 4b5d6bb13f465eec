import type { UserId } from '../shared/ids.ts';

/** What a person tells about themselves. Birth year, city and gender are optional and for statistics. */
export type Profile = {
  readonly name: string | null;
  /** E.164, for example +493012345678. */
  readonly phone: string | null;
  /** BCP 47, for example de-DE. */
  readonly locale: string;
  readonly birthYear: number | null;
  readonly city: string | null;
  readonly gender: Gender | null;
};

export const GENDERS = ['female', 'male', 'diverse', 'undisclosed'] as const;
export type Gender = (typeof GENDERS)[number];

export const DEFAULT_LOCALE = 'en';

/** Why an admin shut an account out. The reason is for admins: its owner is not told. */
export type Suspension = { readonly at: Date; readonly by: UserId; readonly reason: string };

export type User = {
  readonly id: UserId;
  /** As the person wrote it; compared by `usernameKey`. */
  readonly username: string;
  /** Unique: see `identityKey`. */
  readonly usernameKey: string;
  readonly email: string;
  /** Unique: see `identityKey`. */
  readonly emailKey: string;
  /** When the account proved to read the mail of `email`; null until then. */
  readonly emailVerifiedAt: Date | null;
  /** The address that the account is to have once a code proves it; null: none. It claims nothing: somebody else may take it meanwhile. */
  readonly pendingEmail: { readonly email: string; readonly emailKey: string } | null;
  /** A PHC string. Never leaves the identity use cases. */
  readonly passwordHash: string;
  /** Sessions that began before it are over. null: still the first password. */
  readonly passwordChangedAt: Date | null;
  /** Runs the platform. Given and taken by admins, and recorded (AdminAct). An admin's address is verified, and no admin is suspended. */
  readonly isAdmin: boolean;
  /** While there is one, nobody logs in; bookings and tickets stay the account's own. */
  readonly suspension: Suspension | null;
  readonly profile: Profile;
  readonly createdAt: Date;
  readonly updatedAt: Date;
};

/** What people read about their own account. */
export type Account = Profile & {
  readonly id: UserId;
  readonly username: string;
  readonly email: string;
  readonly emailVerified: boolean;
  /** Waits for the code that was mailed to it; null: no other address is wanted. */
  readonly pendingEmail: string | null;
  readonly isAdmin: boolean;
  readonly createdAt: Date;
};

export const accountOf = ({
  id,
  username,
  email,
  emailVerifiedAt,
  pendingEmail,
  isAdmin,
  profile,
  createdAt,
}: User): Account => ({
  id,
  username,
  email,
  emailVerified: emailVerifiedAt !== null,
  pendingEmail: pendingEmail?.email ?? null,
  isAdmin,
  createdAt,
  ...profile,
});

/**
 * The form in which user names and e-mail addresses are compared: NFKC, lower case. Mailboxes could differ by case
 * (RFC 5321 §2.4), but none in use do, and two accounts that differ by case only are an invitation to fraud.
 */
export const identityKey = (text: string): string => text.normalize('NFKC').trim().toLowerCase();
