import { z } from 'zod';
import type { Booking } from '../bookings/booking.ts';
import { type BookingReader, getBooking } from '../bookings/get-booking.ts';
import type { BookingStore } from '../bookings/ports.ts';
import { type ReaddressSaleDeps, readdressSale } from '../bookings/readdress-sale.ts';
import { DomainError } from '../shared/errors.ts';
import { idSchema, type UserId } from '../shared/ids.ts';
import type { Tx, UnitOfWork } from '../shared/unit-of-work.ts';
import type { TicketStore } from '../tickets/stores.ts';
import { decideResend } from './decide-resend.ts';
import { maskedEmail, type Requester } from './email-correction.ts';
import type { Notification, NotificationId } from './notification.ts';
import { type NotifyDeps, notify } from './notify.ts';
import type { EmailCorrectionStore, NotificationStore } from './ports.ts';
import { queueNotifications } from './queue-notifications.ts';

export const resendTicketsInput = z.object({
  bookingId: idSchema('bkg'),
  /** Minted by the caller, who asks again with the same one when the answer was lost. */
  notificationId: idSchema('ntf'),
  /** The right address, when the booking has a wrong one. It is the booking's from then on. */
  email: z.email().max(254).optional(),
});

export type ResendTickets = z.output<typeof resendTicketsInput> & {
  readonly by: Requester;
  readonly userId: UserId;
  readonly reader: BookingReader;
};

export type ResendTicketsDeps = NotifyDeps &
  ReaddressSaleDeps & {
    readonly unitOfWork: UnitOfWork;
    readonly bookings: Pick<BookingStore, 'find' | 'correctEmail'>;
    readonly tickets: Pick<TicketStore, 'listOfBooking'>;
    readonly notifications: Pick<NotificationStore, 'enqueue' | 'find' | 'listResent'>;
    readonly corrections: Pick<EmailCorrectionStore, 'insert'>;
  };

export type ResentTickets = Pick<Notification, 'id' | 'status'> & { readonly to: string };

/**
 * Sends the tickets of a confirmed booking again, also to a corrected address. It is a letter of its own; letters that went out before
 * stay good, because their codes are the same. When an organizer corrects an address, the former one is told. Throws `thing.not_found`
 * for a foreign booking, `booking.no_tickets`, `booking.address_is_buyers`, `notification.too_many`, and `notification.id_in_use` for the id of another letter.
 */
export const resendTickets = async (
  deps: ResendTicketsDeps,
  command: ResendTickets,
): Promise<ResentTickets> => {
  const { bookingId, notificationId: id, email, reader } = command;
  return await deps.unitOfWork.run(async (tx) => {
    const booking = await getBooking(
      { bookings: { find: (wanted) => deps.bookings.find(wanted, tx) } },
      { bookingId, reader },
    );
    const to = email ?? booking.buyer.email;
    if (to === null) throw withoutAddress();
    const earlier = await deps.notifications.find(id, tx);
    if (earlier !== null) return sameLetter(earlier, booking, to);
    await requireTickets(deps, booking);
    const isCorrection = to !== booking.buyer.email;
    if (isCorrection) requireRight(booking, command.by);
    const number = decideResend(
      await deps.notifications.listResent(bookingId, tx),
      command.by,
      deps.clock.now(),
    );
    if (isCorrection) await correct(deps, tx, booking, { ...command, to });
    const notice = { kind: 'booking_resent', bookingId, number, by: command.by } as const;
    await queueNotifications(deps, tx, [{ id, notice, channel: 'email' }]);
    return { id, status: 'queued', to };
  });
};

/** An organizer sold it to somebody who left none; whoever asks has to say it. */
const withoutAddress = (): DomainError =>
  new DomainError('input.invalid', {
    issues: [{ path: 'email', message: 'is needed: the booking has no address' }],
  });

const sameLetter = (
  { id, status, notice }: Notification,
  { id: bookingId, buyer }: Booking,
  to: string,
): ResentTickets => {
  if (notice.kind !== 'booking_resent' || notice.bookingId !== bookingId || to !== buyer.email)
    throw new DomainError('notification.id_in_use', {});
  return { id, status, to };
};

/** What was passed on is its holder's, and the holder's letter has it. */
const requireTickets = async (
  { tickets }: ResendTicketsDeps,
  { id, status, userId }: Booking,
): Promise<void> => {
  const held = status === 'confirmed' ? await tickets.listOfBooking(id) : [];
  if (!held.some((ticket) => ticket.status === 'valid' && ticket.holderId === userId))
    throw new DomainError('booking.no_tickets', { status });
};

/**
 * Of what is an account's, its owner alone corrects the address: an organizer who did could take the tickets, or leave them with a
 * stranger whose account has the mistyped address, and mail their codes to somebody else.
 */
const requireRight = ({ userId }: Booking, by: Requester): void => {
  if (by === 'organizer' && userId !== null) throw new DomainError('booking.address_is_buyers', {});
};

const correct = async (
  deps: ResendTicketsDeps,
  tx: Tx,
  booking: Booking,
  {
    to,
    by,
    userId,
    notificationId,
  }: ResendTickets & { readonly to: string; readonly notificationId: NotificationId },
): Promise<void> => {
  const at = deps.clock.now();
  const { id: bookingId, buyer } = booking;
  const before = buyer.email;
  await deps.bookings.correctEmail(tx, bookingId, to);
  // A sale that is nobody's account's belongs to who proves the right address, and counts against that one.
  if (booking.sale !== undefined && booking.userId === null)
    await readdressSale(deps, tx, booking, { to, key: notificationId });
  await deps.corrections.insert(tx, { notificationId, bookingId, before, after: to, by, userId, at });
  if (by === 'buyer' || before === null) return;
  const masked = maskedEmail(to);
  await notify(deps, tx, { kind: 'address_corrected', bookingId, correctionId: notificationId, masked });
};
