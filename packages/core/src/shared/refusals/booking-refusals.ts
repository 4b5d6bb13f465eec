import { entry } from './refusal.ts';

/** Checking out, bookings, and giving them up. */
export const bookingRefusals = {
  'checkout.lines_mismatch': entry<{ missing: readonly string[]; extra: readonly string[] }>(
    'invalid',
    () => 'Name a ticket type for each held seat, and for no other.',
  ),
  'checkout.wrong_ticket_type': entry<{ unitId: string; ticketTypeId: string }>(
    'invalid',
    ({ unitId }) => `This ticket type is not sold for ${unitId}. Take one of the hold's quote.`,
  ),
  'booking.bad_move': entry<{ from: string; to: string }>(
    'conflict',
    ({ from }) => `This booking is ${from}; that cannot be done now. Load it again to see what can.`,
  ),
  'booking.no_tickets': entry<{ status: string }>('conflict', ({ status }) =>
    status === 'confirmed'
      ? 'All tickets of this booking were passed on or given back; there are none to send.'
      : `This booking is ${status}, so it has no tickets to send. Load it again to see what can be done.`,
  ),
  'tickets.not_valid': entry<{ ticketIds: readonly string[] }>(
    'conflict',
    ({ ticketIds }) =>
      `These tickets were given up or passed on meanwhile: ${ticketIds.slice(0, 5).join(', ')}. Load the booking again and choose among those that are left.`,
  ),
  'cancellation.quote_changed': entry<{ total: number; currency: string; validUntil: string | null }>(
    'conflict',
    ({ total, currency }) =>
      `What comes back has changed: it is ${total} (in minor units of ${currency}) now. Nothing was cancelled; look at the new amount and agree on that.`,
  ),
  'cancellation.too_late': entry<{ startedAt: string }>(
    'gone',
    ({ startedAt }) =>
      `The event began at ${startedAt}, so its tickets cannot be given up any more. Ask the organizer.`,
  ),
  'cancellation.needs_quote': entry(
    'conflict',
    () => 'You bought this ticket yourself. Ask for a quote of its booking, and cancel it there.',
  ),
  'booking.address_is_buyers': entry(
    'forbidden',
    () =>
      'This booking is in an account, so only the owner of that account may change its address. Send the tickets again without another address, or ask the owner to correct it. If you sold it to a wrong address, give its tickets up and sell them again.',
  ),
  'notification.too_many': entry<{ limit: number; retryAfterMs: number }>(
    'limited',
    ({ limit }) =>
      `These tickets were sent ${limit} times within a day. Look into the spam folder, or download them; another letter can go out tomorrow.`,
  ),
  'document.too_many': entry<{ retryAfterMs: number }>(
    'limited',
    ({ retryAfterMs }) =>
      `You have asked for many documents in a short time. Try again in ${Math.ceil(retryAfterMs / 1_000)} s, or take them from the e-mail that brought the tickets.`,
  ),
  'notification.id_in_use': entry(
    'conflict',
    () => 'This notification id belongs to another message. Make a new one.',
  ),
} as const;
