import type { Booking } from '../bookings/booking.ts';
import type { BoxOfficeSale } from '../bookings/box-office-input.ts';
import { BookingExists } from '../bookings/ports.ts';
import type { HoldStore } from '../holds/ports.ts';
import { identityKey } from '../identity/user.ts';
import { requireCapability } from '../organizations/capabilities.ts';
import type { OrganizationAccess } from '../organizations/get-membership.ts';
import { DomainError, isDomainError } from '../shared/errors.ts';
import { correctMirror } from './correct-mirror.ts';
import { type DraftSaleDeps, draftSale } from './draft-sale.ts';
import { isSameSale } from './is-same-sale.ts';
import type { SaleDeps } from './sale-deps.ts';
import { type SaveSalesDeps, saveSales } from './save-sales.ts';

export type SellAtBoxOfficeDeps = DraftSaleDeps &
  SaveSalesDeps &
  Pick<SaleDeps, 'mirror' | 'claims'> & { readonly holds: Pick<HoldStore, 'find'> };

export type SellAtBoxOffice = BoxOfficeSale & { readonly access: OrganizationAccess };

/**
 * An organizer sells a hold of the organization to a customer, who needs no account: confirmed with its tickets in one
 * transaction, out of the same units and within the same limits as everybody's. The hold is not moved to `converting`, as a
 * buyer's is: nothing is asked of a provider meanwhile, and the claims decide whatever becomes of it. What a crash leaves behind:
 * before the commit a hold that runs out; after it the `mark` row tells Redis, and the same call again answers the booking.
 * Throws `sale.hold_sold` when the hold was sold otherwise, to somebody else or by somebody else, `hold.gone`, `hold.too_many`, `hold.limit`, `hold.limit_shared`, `units.taken`, `sale.closed`, `sale.amount_differs`, `checkout.*`,
 * `capability.missing` for an override, `thing.not_found`, `busy.try_again`, `deadline.passed` (ask again).
 */
export const sellAtBoxOffice = async (
  deps: SellAtBoxOfficeDeps,
  command: SellAtBoxOffice,
): Promise<Booking> => {
  const { access, eventId, holdId, amount } = command;
  if (command.limitOverride !== null) requireCapability(access.role, 'boxoffice.override');
  const hold = await deps.holds.find(eventId, holdId, access.organizationId);
  if (hold === null) return (await findOwn(deps, command)) ?? refuse();
  const mailAt = command.mail ? deps.clock.now() : null;
  const order = { ...command, soldBy: access.userId, from: null, mailAt };
  const draft = await draftSale(deps, order, hold);
  const due = draft.booking.total.amount;
  if (amount !== due) throw new DomainError('sale.amount_differs', { due, amount });
  try {
    const [booking] = await saveSales(deps, eventId, [draft]);
    if (booking === undefined) throw new TypeError('a sale was saved and is not there');
    await tellRedis(deps, booking, hold);
    return booking;
  } catch (error) {
    if (error instanceof BookingExists || !isDomainError(error) || error.code === 'deadline.passed') {
      const stored = await findOwn(deps, command);
      if (stored !== null) return stored;
      throw error instanceof BookingExists ? refuse() : error;
    }
    if (error.code !== 'units.taken' && error.code !== 'busy.try_again') throw error;
    const taken = await correctMirror(deps, eventId, hold.units).catch(() => []);
    throw taken.length === 0 ? error : new DomainError('units.taken', { unitIds: taken }, { cause: error });
  }
};

const refuse = (): never => {
  throw new DomainError('hold.gone', {});
};

/** A repeated call: the sale that was made of this hold before. Throws `sale.hold_sold` if that was another sale. */
const findOwn = async (
  deps: Pick<SaleDeps, 'bookings' | 'payments' | 'users' | 'personKeys'>,
  { eventId, holdId, access, ...asked }: SellAtBoxOffice,
): Promise<Booking | null> => {
  const booking = await deps.bookings.findByHold(eventId, holdId);
  if (booking?.organizationId !== access.organizationId || booking.sale === undefined) return null;
  const { email } = asked.buyer;
  const payment = booking.paymentId === null ? null : await deps.payments.find(booking.paymentId);
  // The account may have proved the address since: then the booking was sold to the address itself.
  const persons = email === null ? [null] : await personsOf(deps, identityKey(email));
  if (isSameSale(booking, payment, { ...asked, soldBy: access.userId, persons })) return booking;
  throw new DomainError('sale.hold_sold', { reference: booking.reference });
};

const personsOf = async (
  { users, personKeys }: Pick<SaleDeps, 'users' | 'personKeys'>,
  emailKey: string,
): Promise<string[]> => [
  personKeys.ofEmail(emailKey),
  ...(await users.findByEmailKeys([emailKey])).map(({ id }) => id),
];

/** So that nobody is shown these units as held. Redis may fail here: the `mark` row tells it the same. */
const tellRedis = async (
  { mirror }: Pick<SaleDeps, 'mirror'>,
  { id, eventId, sale }: Booking,
  { units }: Parameters<typeof draftSale>[2],
): Promise<void> => {
  const person = sale?.person ?? null;
  await mirror.follow({ eventId, owner: id, person, change: 'mark', units }).catch(() => undefined);
};
