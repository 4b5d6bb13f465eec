import { type BookingReader, getBooking } from '../bookings/get-booking.ts';
import type { BookingStore } from '../bookings/ports.ts';
import type { BookingId } from '../shared/ids.ts';
import type { EmailCorrection } from './email-correction.ts';
import type { Notification } from './notification.ts';
import type { EmailCorrectionStore, NotificationStore } from './ports.ts';

export type GetCorrespondenceDeps = {
  readonly bookings: Pick<BookingStore, 'find'>;
  readonly notifications: Pick<NotificationStore, 'listOfBooking'>;
  readonly corrections: Pick<EmailCorrectionStore, 'listOfBooking'>;
};

export type Correspondence = {
  /** Oldest first. */
  readonly messages: readonly Notification[];
  readonly corrections: readonly EmailCorrection[];
};

/** What a buyer was told, whether it went out, and every correction of the address. Throws `thing.not_found`. */
export const getCorrespondence = async (
  deps: GetCorrespondenceDeps,
  { bookingId, reader }: { readonly bookingId: BookingId; readonly reader: BookingReader },
): Promise<Correspondence> => {
  await getBooking(deps, { bookingId, reader });
  const [messages, corrections] = await Promise.all([
    deps.notifications.listOfBooking(bookingId),
    deps.corrections.listOfBooking(bookingId),
  ]);
  return { messages, corrections };
};
