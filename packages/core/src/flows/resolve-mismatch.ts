import type { Booking } from '../bookings/booking.ts';
import type { IncidentId } from '../payments/incident.ts';
import { type Payment, refundableOf } from '../payments/payment.ts';
import { createRefund } from '../refunds/create-refund.ts';
import { DomainError } from '../shared/errors.ts';
import type { OrganizationId, UserId } from '../shared/ids.ts';
import type { Tx } from '../shared/unit-of-work.ts';
import { confirmBookings } from './confirm-bookings.ts';
import { type EndBookingDeps, endBooking } from './end-booking.ts';
import type { SaleDeps } from './sale-deps.ts';
import { saleClosed } from './save-booking.ts';

export type ResolveMismatchDeps = EndBookingDeps &
  Pick<
    SaleDeps,
    | 'unitOfWork'
    | 'ids'
    | 'payments'
    | 'refunds'
    | 'tickets'
    | 'incidents'
    | 'notifications'
    | 'saleEvents'
    | 'changes'
  >;

type Matter = { readonly booking: Booking; readonly payment: Payment };

/**
 * An organizer decides about money that is not what the booking costs: `confirm` accepts it as it is and issues the
 * tickets; `refund` sends back what has not been sent back before and ends the booking. Throws `thing.not_found`;
 * `booking.bad_move` when it was decided before or there are no units left to confirm; and for `confirm`
 * `incident.money_sent_back` when some of the money is not here any more, `sale.closed` when the show does not take place.
 */
export const resolveMismatch = async (
  deps: ResolveMismatchDeps,
  command: {
    readonly organizationId: OrganizationId;
    readonly incidentId: IncidentId;
    readonly decision: 'confirm' | 'refund';
    readonly by: UserId;
  },
): Promise<void> => {
  const incident = await deps.incidents.findOwn(command.organizationId, command.incidentId);
  if (incident === null || incident.kind !== 'payment_mismatch')
    throw new DomainError('thing.not_found', { thing: 'incident' });
  await deps.unitOfWork.run(async (tx) => {
    const booking = await deps.bookings.find(incident.bookingId, tx);
    const payment =
      booking === null || booking.paymentId === null ? null : await deps.payments.find(booking.paymentId, tx);
    if (booking === null || payment === null) throw new DomainError('thing.not_found', { thing: 'incident' });
    const now = deps.clock.now();
    if (!(await deps.incidents.resolve(tx, incident.id, command.decision, now, command.by)))
      throw new DomainError('booking.bad_move', { from: booking.status, to: command.decision });
    if (command.decision === 'confirm') await accept(deps, tx, { booking, payment });
    else await sendBack(deps, tx, { booking, payment });
  });
};

const isOpen = ({ status }: Booking): boolean => status === 'pending' || status === 'closing';

/**
 * A refund that is asked for at the same moment is as one that comes after: of a confirmed booking. A cancellation of the
 * event finds the booking in one of its sweeps, confirmed or not.
 */
const accept = async (deps: ResolveMismatchDeps, tx: Tx, { booking, payment }: Matter): Promise<void> => {
  if (!isOpen(booking)) throw new DomainError('booking.bad_move', { from: booking.status, to: 'confirm' });
  if (payment.refundReserved > 0)
    throw new DomainError('incident.money_sent_back', { reserved: payment.refundReserved });
  const eventStatus = (await deps.saleEvents.find(booking.eventId, tx))?.status ?? 'draft';
  if (eventStatus === 'draft' || eventStatus === 'cancelled' || eventStatus === 'completed')
    throw saleClosed(eventStatus);
  await confirmBookings(deps, tx, [{ booking, payment, money: null, eventStatus, decision: 'confirm' }]);
};

const sendBack = async (deps: ResolveMismatchDeps, tx: Tx, { booking, payment }: Matter): Promise<void> => {
  if (booking.status === 'pending') await deps.bookings.markClosing(tx, booking.id, 'organizer');
  if (isOpen(booking)) await endBooking(deps, tx, booking, 'cancelled');
  const left = refundableOf(payment);
  // All of it may have been refunded by hand: then only the booking is left to end.
  if (left === 0) return;
  await createRefund(deps, tx, {
    refundId: deps.ids.next('rfd'),
    payment,
    amount: left,
    reason: 'payment_mismatch',
  });
};
