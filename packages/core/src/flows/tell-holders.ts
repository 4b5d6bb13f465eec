import type { Booking } from '../bookings/booking.ts';
import type { Canceller } from '../bookings/cancellation.ts';
import { type NotifyDeps, notifyAll } from '../notifications/notify.ts';
import type { Tx } from '../shared/unit-of-work.ts';
import type { Ticket } from '../tickets/ticket.ts';
import type { TransferStore } from '../transfers/ports.ts';

export type TellHoldersDeps = NotifyDeps & { readonly transfers: Pick<TransferStore, 'listAcceptedOf'> };

/**
 * Tells those who were given these tickets that they are void: by e-mail, and by SMS who asked for one when they accepted. The buyer is told in
 * a letter of their own. Costs nothing where none was passed on.
 */
export const tellHolders = async (
  deps: TellHoldersDeps,
  tx: Tx,
  { id, userId }: Pick<Booking, 'id' | 'userId'>,
  tickets: readonly Ticket[],
  by: Canceller,
): Promise<void> => {
  const passedOn = new Set(
    tickets.filter(({ generation, holderId }) => generation > 1 && holderId !== userId).map((one) => one.id),
  );
  if (passedOn.size === 0) return;
  const accepted = (await deps.transfers.listAcceptedOf(id, tx)).filter(
    ({ newTicketId }) => newTicketId !== null && passedOn.has(newTicketId),
  );
  const noticesOf = (some: typeof accepted) =>
    some.map(({ id: transferId }) => ({ kind: 'transfer_ticket_void', transferId, by }) as const);
  await notifyAll(deps, tx, noticesOf(accepted));
  await notifyAll(deps, tx, noticesOf(accepted.filter(({ smsTo }) => smsTo !== null)), 'sms');
};
