import type { Booking } from '@eventhorizon/core/bookings/booking';
import { checkout } from '@eventhorizon/core/flows/checkout';
import { receiveWebhook } from '@eventhorizon/core/flows/receive-webhook';
import type { Unit } from '@eventhorizon/core/inventory/unit';
import type { Payment } from '@eventhorizon/core/payments/payment';
import type { UserId } from '@eventhorizon/core/shared/ids';
import type { Ticket } from '@eventhorizon/core/tickets/ticket';
import { runJobs } from './run-jobs.ts';
import type { SaleWorld } from './sale-world.ts';

export type Sold = {
  readonly booking: Booking & { readonly userId: UserId };
  readonly payment: Payment;
  readonly tickets: readonly Ticket[];
};

/** These units bought and paid for, with their tickets; 50.00 a seat. */
export const sell = async (world: SaleWorld, units: readonly Unit[], owner?: UserId): Promise<Sold> => {
  const { booking } = await checkout(world.deps, world.command(await world.hold(units, owner)));
  const intent = [...world.gateway.intents.values()].find(({ bookingId }) => bookingId === booking.id);
  if (intent === undefined) throw new Error('there is nothing to pay');
  await receiveWebhook(world.deps, world.gateway.delivery(world.gateway.pay(intent.id)));
  await runJobs(world, { only: ['booking.finalize'] });
  return soldAs(world, booking.id);
};

/** How a sold booking stands now. */
export const soldAs = async (world: SaleWorld, bookingId: Booking['id']): Promise<Sold> => {
  const booking = await world.deps.bookings.find(bookingId);
  if (booking === null || booking.paymentId === null || booking.userId === null)
    throw new Error(`${bookingId} is no sold booking`);
  const payment = await world.deps.payments.find(booking.paymentId);
  if (payment === null) throw new Error(`${bookingId} has no payment`);
  const tickets = await world.deps.tickets.listOfBooking(bookingId);
  return { booking: { ...booking, userId: booking.userId }, payment, tickets };
};
