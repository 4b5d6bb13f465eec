import type { EventSnapshot } from '../bookings/booking.ts';
import type { BookingStore, SaleEventReader } from '../bookings/ports.ts';
import { transferDeadline, whyNotTransferable } from '../events/transfer-setting.ts';
import type { MailTokenSource, UserStore } from '../identity/ports.ts';
import { maskedEmail } from '../organizations/invitation.ts';
import type { Clock } from '../shared/clock.ts';
import { DomainError } from '../shared/errors.ts';
import type { TransferStore } from './ports.ts';
import { shownName } from './shown-name.ts';
import type { TransferToken } from './transfer-input.ts';

export type PreviewTransferDeps = {
  readonly transfers: Pick<TransferStore, 'findByToken'>;
  readonly bookings: Pick<BookingStore, 'find'>;
  readonly saleEvents: Pick<SaleEventReader, 'find'>;
  readonly users: Pick<UserStore, 'find'>;
  readonly mailTokenSource: Pick<MailTokenSource, 'hashOf'>;
  readonly clock: Clock;
};

export type TransferPreview = {
  readonly event: Omit<EventSnapshot, 'terms'>;
  readonly label: string;
  /** How the sender is called. */
  readonly from: string;
  /** `a…@example.org`: which account to log in with. */
  readonly invited: string;
  readonly expiresAt: Date | null;
};

/** What somebody with the letter in hand is offered, before logging in. Uses nothing up. Throws `transfer.gone`. */
export const previewTransfer = async (
  { transfers, bookings, saleEvents, users, mailTokenSource, clock }: PreviewTransferDeps,
  { token }: TransferToken,
): Promise<TransferPreview> => {
  const gone = new DomainError('transfer.gone', {});
  const transfer = await transfers.findByToken(mailTokenSource.hashOf(token));
  if (transfer?.status !== 'open') throw gone;
  const [booking, event, sender] = await Promise.all([
    bookings.find(transfer.bookingId),
    saleEvents.find(transfer.eventId),
    users.find(transfer.senderId),
  ]);
  if (booking === null || event === null || sender === null) throw gone;
  if (sender.suspension !== null || whyNotTransferable(event, clock.now()) !== null) throw gone;
  const { terms: _terms, ...shown } = booking.event;
  return {
    event: shown,
    label: transfer.label,
    from: shownName(sender),
    invited: maskedEmail(transfer.email),
    expiresAt: transferDeadline(event),
  };
};
