import type { Booking } from '../bookings/booking.ts';
import { personOf } from '../bookings/person-of.ts';
import { type Raise, ReferenceTaken } from '../bookings/ports.ts';
import { notifyAll } from '../notifications/notify.ts';
import type { EventId } from '../shared/ids.ts';
import type { Tx } from '../shared/unit-of-work.ts';
import { issueTickets } from '../tickets/issue-tickets.ts';
import type { SaleDraft } from './draft-sale.ts';
import { type Customer, type CustomerOf, type FindCustomersDeps, findCustomers } from './find-customers.ts';
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
> &
  FindCustomersDeps;

type Sold = { readonly draft: SaleDraft; readonly booking: Booking };

/**
 * The one transaction of organizers' sales of one event, one or many: bookings that are confirmed from the start, their claims,
 * what counts against each customer's limit, money, tickets, and the rows of what follows. There is no moment at which money is
 * taken down and a ticket is not. All or none: throws `units.taken`, `hold.limit`, `hold.limit_shared`, `sale.closed`, BookingExists. `alongside`
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
  const customerOf = await findCustomers(
    deps,
    tx,
    sold.map(({ booking }) => booking.buyer.email),
  );
  const bookings = sold.map(({ draft, booking }) =>
    atItsTime(ofCustomer(booking, draft.booking.sale, customerOf(booking.buyer.email)), event),
  );
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
  const { limited, unlimited } = raises(bookings, event.maxPerPerson, customerOf);
  await deps.buyerLimits.raiseAll(tx, eventId, limited);
  await deps.buyerLimits.raiseAll(tx, eventId, unlimited);
  await deps.payments.insertAll(
    tx,
    sold.flatMap(({ draft }, i) => {
      const booking = bookings[i];
      return booking === undefined ? [] : (draft.payment(booking) ?? []);
    }),
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

const ofCustomer = (
  booking: Booking,
  sale: SaleDraft['booking']['sale'],
  { userId, person, adoptableBy }: Customer,
): Booking => ({
  ...booking,
  userId,
  sale: { ...sale, person, ...(adoptableBy !== null && { adoptableBy }) },
});

/** Once a person; what an organizer let above the limit apart, and after the others, so that these are judged alone. */
const raises = (
  bookings: readonly Booking[],
  maxPerPerson: number,
  customerOf: CustomerOf,
): { readonly limited: readonly Raise[]; readonly unlimited: readonly Raise[] } => {
  const of = (some: readonly Booking[], max: number | null): readonly Raise[] => {
    const sums = new Map<string, Raise>();
    for (const { buyer, lines, sale } of some) {
      const { person, userId, alongside } = customerOf(buyer.email);
      if (person === null) continue;
      const by = (sums.get(person)?.by ?? 0) + lines.length;
      const both = sale?.accountNotTheirs === true && userId === null ? null : alongside;
      // A checkout of an unproved account reads what the address has and writes its own: so the two meet here.
      sums.set(person, { person, by, max, alongside: both, meets: userId === null });
    }
    return [...sums.values()];
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
