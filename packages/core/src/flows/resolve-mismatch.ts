import type { IncidentId } from '../payments/incident.ts';
import { createRefund } from '../refunds/create-refund.ts';
import { DomainError } from '../shared/errors.ts';
import type { OrganizationId } from '../shared/ids.ts';
import { confirmBookings } from './confirm-bookings.ts';
import { type EndBookingDeps, endBooking } from './end-booking.ts';
import type { SaleDeps } from './sale-deps.ts';

export type ResolveMismatchDeps = EndBookingDeps &
  Pick<SaleDeps, 'uow' | 'ids' | 'payments' | 'refunds' | 'tickets' | 'incidents' | 'notifications'>;

/**
 * An organizer decides about money that is not what the booking costs: `confirm` accepts it as it is and issues the
 * tickets; `refund` sends all of it back and ends the booking. Throws `thing.not_found`, and `booking.bad_move` when it
 * was decided before or there are no units left to confirm.
 */
export const resolveMismatch = async (
  deps: ResolveMismatchDeps,
  command: {
    readonly organizationId: OrganizationId;
    readonly incidentId: IncidentId;
    readonly decision: 'confirm' | 'refund';
  },
): Promise<void> => {
  const incident = await deps.incidents.findOwn(command.organizationId, command.incidentId);
  if (incident === null || incident.kind !== 'payment_mismatch')
    throw new DomainError('thing.not_found', { thing: 'incident' });
  await deps.uow.run(async (tx) => {
    const booking = await deps.bookings.find(incident.bookingId, tx);
    const payment =
      booking === null || booking.paymentId === null ? null : await deps.payments.find(booking.paymentId, tx);
    if (booking === null || payment === null) throw new DomainError('thing.not_found', { thing: 'incident' });
    const open = booking.status === 'pending' || booking.status === 'closing';
    const refused = new DomainError('booking.bad_move', { from: booking.status, to: command.decision });
    if (!(await deps.incidents.resolve(tx, incident.id, command.decision, deps.clock.now()))) throw refused;
    if (command.decision === 'confirm') {
      if (!open) throw refused;
      await confirmBookings(deps, tx, [
        { booking, payment, money: null, eventStatus: 'published', decision: 'confirm' },
      ]);
      return;
    }
    if (booking.status === 'pending') await deps.bookings.markClosing(tx, booking.id, 'organizer');
    if (open) await endBooking(deps, tx, booking, 'cancelled');
    await createRefund(deps, tx, {
      payment,
      amount: payment.captured - payment.refundReserved,
      reason: 'payment_mismatch',
    });
  });
};
