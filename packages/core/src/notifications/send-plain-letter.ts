import type { Clock } from '../shared/clock.ts';
import type { AccountNotice } from './notices/account-notice.ts';
import { isFor } from './notices/notice.ts';
import type { OrganizerNotice } from './notices/organizer-notice.ts';
import type { TeamNotice } from './notices/team-notice.ts';
import type { Notification } from './notification.ts';
import type { EmailSender, NotificationStore, SendResult } from './ports.ts';
import { sendLetter } from './send-letter.ts';
import { type AccountLetterDeps, type WrittenLetter, writeAccountLetter } from './write-account-letter.ts';
import { type OrganizerLetterDeps, writeOrganizerLetter } from './write-organizer-letter.ts';
import { type TeamLetterDeps, writeTeamLetter } from './write-team-letter.ts';

export type SendPlainLetterDeps = {
  readonly notifications: Pick<NotificationStore, 'markFailed'>;
  readonly accounts: AccountLetterDeps;
  readonly teams: TeamLetterDeps;
  readonly organizers: OrganizerLetterDeps;
  readonly email: EmailSender;
  readonly clock: Clock;
};

type PlainNotice = AccountNotice | TeamNotice | OrganizerNotice;

/** Tells the owner of an account, a member or an owner of a team, by e-mail only. null: there is nothing to say any more. */
export const sendPlainLetter = async (
  deps: SendPlainLetterDeps,
  { id, notice }: Pick<Notification, 'id'> & { readonly notice: PlainNotice },
): Promise<SendResult | null> => {
  const written = await write(deps, notice);
  if (written === null) {
    await deps.notifications.markFailed(id, 'outdated: there is nothing to say any more');
    return null;
  }
  return await sendLetter(deps, { id, to: written.to }, written.letter);
};

const write = (deps: SendPlainLetterDeps, notice: PlainNotice): Promise<WrittenLetter | null> => {
  const now = deps.clock.now();
  if (isFor('account', notice)) return writeAccountLetter(deps.accounts, notice, now);
  return isFor('team', notice)
    ? writeTeamLetter(deps.teams, notice, now)
    : writeOrganizerLetter(deps.organizers, notice);
};
