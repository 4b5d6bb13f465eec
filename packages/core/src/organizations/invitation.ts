import { LETTER_WINDOW_MS } from '../identity/mail-token.ts';
import { addMs, DAY_MS } from '../shared/clock.ts';
import { DomainError } from '../shared/errors.ts';
import type { InvitationId, OrganizationId, UserId } from '../shared/ids.ts';
import type { Transitions } from '../shared/state-machine.ts';
import type { GivableRole } from './capabilities.ts';

export const INVITATION_STATUSES = ['open', 'accepted', 'declined', 'withdrawn', 'expired'] as const;
export type InvitationStatus = (typeof INVITATION_STATUSES)[number];

/** One that is open beyond `expiresAt` cannot be accepted; it is marked as expired when its address is invited again. */
export const invitationTransitions: Transitions<InvitationStatus> = {
  open: ['accepted', 'declined', 'withdrawn', 'expired'],
  accepted: [],
  declined: [],
  withdrawn: [],
  expired: [],
};

/** How long an invitation can be accepted after the last time that its letter was asked for. */
export const INVITATION_MS = 7 * DAY_MS;
/** Letters of one invitation, the first included. */
export const MAX_LETTERS = 5;
/** Codes of one invitation that work: far more than letters, because each try to send one mints its own and may have arrived. */
export const MAX_INVITATION_TOKENS = 50;
/** Invitations of one organization in 24 hours: anybody may open one, and it must not become a way to mail strangers. */
export const MAX_INVITATIONS_A_DAY = 100;
/** After this nobody needs the address of somebody who was invited. */
export const INVITATION_KEPT_MS = 90 * DAY_MS;

/** An e-mail address that may become a member. At most one is open per organization and address. */
export type Invitation = {
  readonly id: InvitationId;
  readonly organizationId: OrganizationId;
  readonly email: string;
  /** See `identityKey`: an account accepts if its verified address has this key. */
  readonly emailKey: string;
  readonly role: GivableRole;
  readonly status: InvitationStatus;
  readonly invitedBy: UserId;
  /** Letters asked for so far. */
  readonly letters: number;
  readonly lastLetterAt: Date;
  readonly expiresAt: Date;
  readonly acceptedBy: UserId | null;
  readonly endedAt: Date | null;
  readonly createdAt: Date;
};

/** What the team reads. `status` is `expired` as soon as it is. */
export type InvitationView = Pick<
  Invitation,
  'id' | 'organizationId' | 'email' | 'role' | 'status' | 'invitedBy' | 'letters' | 'expiresAt' | 'createdAt'
>;

export const isOpen = ({ status, expiresAt }: Invitation, now: Date): boolean =>
  status === 'open' && expiresAt > now;

export const invitationView = (invitation: Invitation, now: Date): InvitationView => {
  const { id, organizationId, email, role, status, invitedBy, letters, expiresAt, createdAt } = invitation;
  const seen = status === 'open' && !isOpen(invitation, now) ? 'expired' : status;
  return { id, organizationId, email, role, status: seen, invitedBy, letters, expiresAt, createdAt };
};

/** `a…@example.org`: enough to recognize an own address by, for who may not read it. */
export const maskedEmail = (email: string): string =>
  `${email.slice(0, 1)}…${email.slice(email.lastIndexOf('@'))}`;

/**
 * The invitation with one letter more, valid for INVITATION_MS from now on, also when it had expired. Throws `invitation.gone`,
 * `invitation.letter_too_soon`, `invitation.letters_spent`.
 */
export const withAnotherLetter = (invitation: Invitation, now: Date): Invitation => {
  if (invitation.status !== 'open') throw new DomainError('invitation.gone', {});
  if (invitation.letters >= MAX_LETTERS)
    throw new DomainError('invitation.letters_spent', { limit: MAX_LETTERS });
  const retryAfterMs = invitation.lastLetterAt.getTime() + LETTER_WINDOW_MS - now.getTime();
  if (retryAfterMs > 0) throw new DomainError('invitation.letter_too_soon', { retryAfterMs });
  return {
    ...invitation,
    letters: invitation.letters + 1,
    lastLetterAt: now,
    expiresAt: addMs(now, INVITATION_MS),
  };
};
