import type { Booking } from '../bookings/booking.ts';
import { personOf } from '../bookings/person-of.ts';
import { ReferenceTaken } from '../bookings/ports.ts';
import { notifyAll } from '../notifications/notify.ts';
import type { EventId } from '../shared/ids.ts';
import type { Tx } from '../shared/unit-of-work.ts';
import { issueTickets } from '../tickets/issue-tickets.ts';
import type { SaleDraft } from './draft-sale.ts';
import type { SaleDeps } from './sale-deps.ts';
import { atItsTime, MAX_DRAWS, markMessage, onSale } from './save-booking.ts';

export type SaveSalesDeps = Pick<
  SaleDeps,
  | 'unitOfWork'
  | 'outbox'
  | 'clock'
  | 'ids'
  | 'saleEvents'
  | 'bookings'
  | 'references'
  | 'referenceSource'
  | 'claims'
  | 'buyerLimits'
  | 'payments'
  | 'tickets'
  | 'notifications'
>;

type Sold = { readonly draft: SaleDraft; readonly booking: Booking };

/**
 * The one transaction of organizers' sales of one event, one or many: bookings that are confirmed from the start, their claims,
 * what counts against each customer's limit, money, tickets, and the rows of what follows. There is no moment at which money is
 * taken down and a ticket is not. All or none: throws `units.taken`, `hold.limit`, `sale.closed`, BookingExists. `alongside`
 * runs in the same transaction, after the writes that may be refused for a buyer's sake. Letters go when the first of them is to.
 */
export const saveSales = async (
  deps: SaveSalesDeps,
  eventId: EventId,
  drafts: readonly SaleDraft[],
  alongside: (tx: Tx, bookings: readonly Booking[]) => Promise<void> = async () => undefined,
): Promise<readonly Booking[]> => {
  for (let draw = 1; ; draw += 1) {
    const sold = drafts.map((draft): Sold => {
      const booking: Booking = { ...draft.booking, reference: deps.referenceSource.next() };
      return { draft, booking };
    });
    try {
      return await deps.unitOfWork.run(async (tx) => {
        const bookings = await write(deps, tx, eventId, sold);
        await alongside(tx, bookings);
        return bookings;
      });
    } catch (error) {
      if (!(error instanceof ReferenceTaken) || draw >= MAX_DRAWS) throw error;
    }
  }
};

const write = async (
  deps: SaveSalesDeps,
  tx: Tx,
  eventId: EventId,
  sold: readonly Sold[],
): Promise<readonly Booking[]> => {
  const event = await onSale(deps, tx, eventId);
  const bookings = sold.map(({ booking }) => atItsTime(booking, event));
  await deps.references.insertAll(tx, bookings);
  await deps.bookings.insertAll(tx, bookings);
  await deps.claims.insertAll(
    tx,
    bookings.flatMap((booking) =>
      booking.lines.map(({ unitId }) => ({
        eventId,
        unitId,
        owner: booking.id,
        person: personOf(booking),
        claimedAt: booking.createdAt,
      })),
    ),
  );
  const { limited, unlimited } = raises(bookings, event.maxPerPerson);
  await deps.buyerLimits.raiseAll(tx, eventId, limited);
  await deps.buyerLimits.raiseAll(tx, eventId, unlimited);
  await deps.payments.insertAll(
    tx,
    sold.flatMap(({ draft, booking }) => draft.payment(booking) ?? []),
  );
  await deps.tickets.insertAll(
    tx,
    bookings.flatMap((booking) => issueTickets(booking, booking.createdAt)),
  );
  await deps.outbox.add(tx, bookings.map(markMessage));
  const mailed = sold.filter(({ draft }) => draft.mailAt !== null);
  await notifyAll(
    deps,
    tx,
    mailed.map(({ booking }) => ({ kind: 'booking_confirmed', bookingId: booking.id })),
    'email',
    mailed[0]?.draft.mailAt ?? undefined,
  );
  return bookings;
};

type Raises = Parameters<SaleDeps['buyerLimits']['raiseAll']>[2];

/** Once a person; what an organizer let above the limit apart, and after the others, so that these are judged alone. */
const raises = (
  bookings: readonly Booking[],
  maxPerPerson: number,
): { readonly limited: Raises; readonly unlimited: Raises } => {
  const of = (some: readonly Booking[], max: number | null): Raises => {
    const sums = new Map<string, number>();
    for (const booking of some) {
      const person = personOf(booking);
      if (person !== null) sums.set(person, (sums.get(person) ?? 0) + booking.lines.length);
    }
    return [...sums].map(([person, by]) => ({ person, by, max }));
  };
  const isFree = ({ sale }: Booking): boolean => sale !== undefined && sale.limitOverride !== null;
  return {
    limited: of(
      bookings.filter((booking) => !isFree(booking)),
      maxPerPerson,
    ),
    unlimited: of(bookings.filter(isFree), null),
  };
};
