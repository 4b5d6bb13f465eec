import type { EventStore } from '../events/ports.ts';
import type { RemovalNotice } from './notices/waitlist-notice.ts';
import type { Notification } from './notification.ts';
import type { EmailSender, NotificationStore, SendResult } from './ports.ts';
import { sendLetter } from './send-letter.ts';
import type { WaitlistNoticeDeps } from './send-offer-notice.ts';
import { removalLetterOf } from './templates/removal-letter-of.ts';

type SendRemovalNoticeDeps = WaitlistNoticeDeps & {
  readonly notifications: Pick<NotificationStore, 'markFailed'>;
  readonly events: Pick<EventStore, 'find'>;
  readonly email: EmailSender;
};

/** Tells somebody that an organizer took them off a waitlist. null: there is nobody to write to. */
export const sendRemovalNotice = async (
  deps: SendRemovalNoticeDeps,
  { id, notice }: Pick<Notification, 'id'> & { readonly notice: RemovalNotice },
): Promise<SendResult | null> => {
  const entry = await deps.waitlistEntries.find(notice.entryId);
  const event = entry === null ? null : await deps.events.find(entry.eventId);
  if (entry === null || event === null || entry.buyer.email === null) {
    await deps.notifications.markFailed(id, 'the entry or its e-mail address is gone');
    return null;
  }
  const { name, email } = entry.buyer;
  const last = entry.offerId === null ? null : await deps.waitlistOffers.find(entry.offerId);
  // Ended in the transaction that removed the entry; an earlier one is no news.
  const ended = last?.endedAt?.getTime() === entry.endedAt?.getTime() ? last : null;
  const offered = ended?.units.length ?? 0;
  const letter = removalLetterOf({ name, eventTitle: event.title, offered });
  return await sendLetter(deps, { id, to: { email, name } }, letter);
};
