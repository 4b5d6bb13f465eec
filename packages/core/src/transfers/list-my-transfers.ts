import type { SaleEventReader } from '../bookings/ports.ts';
import type { Clock } from '../shared/clock.ts';
import type { UserId } from '../shared/ids.ts';
import type { Page, PageRequest } from '../shared/page.ts';
import type { TransferStore } from './ports.ts';
import { type TransferView, transferView } from './transfer-view.ts';

export type ListMyTransfersDeps = {
  readonly transfers: Pick<TransferStore, 'listOfSender'>;
  readonly saleEvents: Pick<SaleEventReader, 'find'>;
  readonly clock: Clock;
};

/** What an account sent, newest first, as it stands now. Throws `cursor.invalid`. */
export const listMyTransfers = async (
  { transfers, saleEvents, clock }: ListMyTransfersDeps,
  { userId, ...page }: PageRequest & { readonly userId: UserId },
): Promise<Page<TransferView>> => {
  const { items, nextCursor } = await transfers.listOfSender(userId, page);
  const eventIds = [...new Set(items.map(({ eventId }) => eventId))];
  const events = new Map(
    await Promise.all(eventIds.map(async (id) => [id, await saleEvents.find(id)] as const)),
  );
  const now = clock.now();
  return {
    items: items.map((transfer) => transferView(transfer, events.get(transfer.eventId) ?? null, now)),
    nextCursor,
  };
};
