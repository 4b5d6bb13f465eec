import type { Booking } from '../bookings/booking.ts';
import type { TransferNotice } from '../notifications/notification.ts';
import { type NotifyDeps, notifyAll } from '../notifications/notify.ts';
import type { TransferId } from '../shared/ids.ts';
import type { Tx } from '../shared/unit-of-work.ts';
import type { Ticket } from '../tickets/ticket.ts';
import type { TransferStore } from '../transfers/ports.ts';

export type TellHoldersDeps = NotifyDeps & { readonly transfers: Pick<TransferStore, 'listAcceptedOf'> };

/**
 * Tells those who were given tickets of a booking what its buyer is told in another letter, by e-mail, and by SMS who asked for one when
 * they accepted. `tickets`: those that it is about. Costs nothing where none was passed on.
 */
export const tellHolders = async (
  deps: TellHoldersDeps,
  tx: Tx,
  { id, userId }: Pick<Booking, 'id' | 'userId'>,
  tickets: readonly Ticket[],
  noticeOf: (transferId: TransferId) => TransferNotice,
): Promise<void> => {
  const passedOn = new Set(
    tickets.filter(({ generation, holderId }) => generation > 1 && holderId !== userId).map((one) => one.id),
  );
  if (passedOn.size === 0) return;
  const accepted = (await deps.transfers.listAcceptedOf(id, tx)).filter(
    ({ newTicketId }) => newTicketId !== null && passedOn.has(newTicketId),
  );
  const noticesOf = (some: typeof accepted) => some.map((transfer) => noticeOf(transfer.id));
  await notifyAll(deps, tx, noticesOf(accepted));
  await notifyAll(deps, tx, noticesOf(accepted.filter(({ smsTo }) => smsTo !== null)), 'sms');
};
