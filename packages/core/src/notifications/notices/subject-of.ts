import { subjectOfAccount } from './account-notice.ts';
import { subjectOfBooking } from './booking-notice.ts';
import { isFor, type Notice } from './notice.ts';
import { subjectOfTeam } from './team-notice.ts';
import { subjectOfTransfer } from './transfer-notice.ts';
import { subjectOfWaitlist } from './waitlist-notice.ts';

/** What a notice is about: it is told once per kind, subject and channel. */
export const subjectOf = (notice: Notice): string => {
  if (isFor('booking', notice)) return subjectOfBooking(notice);
  if (isFor('account', notice)) return subjectOfAccount(notice);
  if (isFor('team', notice)) return subjectOfTeam(notice);
  if (isFor('transfer', notice)) return subjectOfTransfer(notice);
  return isFor('waitlist', notice) ? subjectOfWaitlist(notice) : notice.disputeId;
};
