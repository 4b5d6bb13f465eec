import type { ErrorKind } from './error-kinds.ts';

type Entry<D> = { readonly kind: ErrorKind; readonly message: (details: D) => string };
const entry = <D = Record<string, never>>(kind: ErrorKind, message: (details: D) => string): Entry<D> => ({
  kind,
  message,
});

const waitingTime = (ms: number): string => {
  const seconds = Math.max(1, Math.ceil(ms / 1_000));
  const [count, unit] = seconds < 90 ? [seconds, 'second'] : [Math.ceil(seconds / 60), 'minute'];
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
};

/** Written out, because clients get its type. */
type WhyNotTransferable = 'not_allowed' | 'too_late' | 'event_over';
const WHY_NOT_TRANSFERABLE: Readonly<Record<WhyNotTransferable, string>> = {
  not_allowed: 'Tickets of this event cannot be passed on. Ask the organizer what you can do.',
  too_late: 'The time in which tickets of this event can be passed on is over. Ask the organizer for help.',
  event_over: 'This event is over or was cancelled, so its tickets cannot be passed on any more.',
};

/**
 * Every refusal there is. Codes are part of the API: add, never rename. Messages say what to do next. One with details needs an
 * example of them in errors.test.ts.
 */
export const errorCatalogue = {
  'input.invalid': entry<{ issues: readonly { path: string; message: string }[] }>(
    'invalid',
    ({ issues }) => `The input is not valid: ${issues.map((i) => `${i.path} ${i.message}`).join('; ')}.`,
  ),
  'thing.not_found': entry<{ thing: string }>('not_found', ({ thing }) => `There is no such ${thing}.`),
  'busy.try_again': entry<{ retryAfterMs: number }>(
    'unavailable',
    () => 'Too much is happening at once. Nothing was changed; try again in a moment.',
  ),
  'service.unreachable': entry<{ retryAfterMs: number }>(
    'unavailable',
    () => 'A part of the service cannot be reached right now. Try again in a moment.',
  ),
  'deadline.passed': entry<{ retryAfterMs: number }>(
    'unavailable',
    () => 'This took too long, and may or may not have been done. Look before you repeat it.',
  ),
  'cursor.invalid': entry('invalid', () => 'This page cursor is not valid. Start again from the first page.'),

  // identity
  'auth.required': entry('unauthenticated', () => 'Log in first.'),
  'visitor.required': entry('unauthenticated', () => 'Log in, or ask for a visitor token first.'),
  'auth.bad_credentials': entry('unauthenticated', () => 'The user name or the password is wrong.'),
  'auth.token_expired': entry('unauthenticated', () => 'The access token has expired. Refresh it.'),
  'auth.session_ended': entry('unauthenticated', () => 'This session has ended. Log in again.'),
  'account.email_taken': entry(
    'conflict',
    () => 'There is already an account with this e-mail address. Log in instead.',
  ),
  'account.username_taken': entry('conflict', () => 'This user name is taken. Choose another.'),
  'account.bad_mail_token': entry(
    'gone',
    () => 'This code is wrong, was used before, or has expired. Ask for a new letter.',
  ),
  'account.wrong_password': entry('forbidden', () => 'The old password is wrong.'),
  'account.suspended': entry('forbidden', () => 'This account is suspended. Write to support.'),
  'auth.too_many_attempts': entry<{ retryAfterMs: number }>(
    'limited',
    ({ retryAfterMs }) =>
      `Too many attempts. Wait ${waitingTime(retryAfterMs)} and try again; a forgotten password can be replaced by mail.`,
  ),
  'account.too_often': entry<{ retryAfterMs: number }>(
    'limited',
    ({ retryAfterMs }) =>
      `This was done too often in 24 hours. Wait ${waitingTime(retryAfterMs)} and try again.`,
  ),
  'admin.required': entry('forbidden', () => 'Only admins of the platform may do this. Ask one of them.'),
  'admin.last': entry('conflict', () => 'This is the last admin. Appoint another one first.'),
  'admin.exists': entry('gone', () => 'The platform has an admin already. Ask to be appointed.'),
  'admin.wrong_code': entry(
    'forbidden',
    () => 'The code is wrong, or this installation has none. Look at FIRST_ADMIN_CODE of the API.',
  ),
  'admin.address_unverified': entry(
    'conflict',
    () => 'The e-mail address of this account is not verified, so it cannot be an admin. Verify it first.',
  ),
  'admin.is_admin': entry(
    'conflict',
    () => 'This account is an admin and cannot be suspended. Take that from it first.',
  ),
  'admin.account_suspended': entry('conflict', () => 'This account is suspended. Reinstate it first.'),
  'capability.missing': entry<{ capability: string; role: string }>(
    'forbidden',
    ({ capability, role }) =>
      `The role ${role} may not do this (${capability}). Ask an owner of the organization.`,
  ),

  // organizations and their members
  'organization.slug_taken': entry(
    'conflict',
    () => 'Another organization has this address name (slug). Choose another.',
  ),
  'membership.is_owner': entry(
    'conflict',
    () =>
      'The owner cannot leave, be removed or get another role. Transfer the ownership to another member first.',
  ),
  'membership.exists': entry(
    'conflict',
    () => 'This person is a member already. Change the role of the member instead.',
  ),
  'membership.out_of_rank': entry<{ role: string; acting: string }>(
    'forbidden',
    ({ role, acting }) =>
      `As ${acting} you may not decide about a member with the role ${role}. Ask the owner of the organization.`,
  ),
  'membership.changed_meanwhile': entry(
    'conflict',
    () => 'The member was changed or removed meanwhile. Load the list again and repeat the change.',
  ),
  'invitation.open_already': entry(
    'conflict',
    () => 'This address has an open invitation. Send that again, or withdraw it first.',
  ),
  'invitation.gone': entry(
    'gone',
    () => 'This invitation is wrong, was used or withdrawn, or has expired. Ask for a new one.',
  ),
  'invitation.other_address': entry<{ invited: string }>(
    'forbidden',
    ({ invited }) =>
      `This invitation is for ${invited}. Log in with the account of that address, or ask for an invitation to yours.`,
  ),
  'invitation.address_unverified': entry(
    'forbidden',
    () => 'Your e-mail address is not confirmed yet. Confirm it first, then accept the invitation again.',
  ),
  'invitation.inviter_unverified': entry(
    'forbidden',
    () => 'Your e-mail address is not confirmed yet. Ask for a letter, confirm it, then invite again.',
  ),
  'invitation.day_limit': entry<{ limit: number; retryAfterMs: number }>(
    'limited',
    ({ limit }) => `An organization may invite ${limit} people in 24 hours. Invite the others later.`,
  ),
  'invitation.letter_too_soon': entry<{ retryAfterMs: number }>(
    'limited',
    ({ retryAfterMs }) =>
      `A letter went out a moment ago. Send it again in ${Math.ceil(retryAfterMs / 1_000)} seconds.`,
  ),
  'invitation.letters_spent': entry<{ limit: number }>(
    'conflict',
    ({ limit }) =>
      `This invitation was mailed ${limit} times. Check the address, withdraw the invitation and invite anew.`,
  ),

  // venues and seat maps
  'seat_map.faulty': entry<{ faults: readonly { place: string; message: string }[]; total: number }>(
    'invalid',
    ({ faults, total }) =>
      `The seat map was not stored; mend ${total} fault${total === 1 ? '' : 's'}: ${faults
        .slice(0, 5)
        .map((f) => `${f.place}: ${f.message}`)
        .join('; ')}${total > 5 ? '; …' : ''}.`,
  ),

  'venue.changed_meanwhile': entry(
    'conflict',
    () => 'The venue was changed meanwhile. Load it again and repeat the change.',
  ),

  // events
  'event.frozen': entry<{ retryAfterMs: number }>(
    'unavailable',
    () =>
      'The event was unpublished a moment ago and last purchases are being waited for. Try again shortly.',
  ),
  'event.not_editable': entry<{ status: string; field?: string }>('conflict', ({ status, field }) =>
    field === 'areas.capacity'
      ? `A list of areas cannot lower a capacity while the event is ${status}. Set the capacity of that area instead.`
      : field === 'startsAt'
        ? `The start cannot be changed silently while the event is ${status}. Reschedule the event: that tells everybody who has bought.`
        : `${field === undefined ? 'This' : `The field ${field}`} cannot be changed while the event is ${status}.`,
  ),
  'event.not_publishable': entry<{ reasons: readonly string[] }>(
    'conflict',
    ({ reasons }) => `The event cannot be published yet: ${reasons.join('; ')}.`,
  ),
  'event.has_bookings': entry(
    'conflict',
    () => 'Tickets of this event are sold or being bought. Cancel the event instead.',
  ),
  'event.bad_move': entry<{ from: string; to: string }>(
    'conflict',
    ({ from, to }) => `An event that is ${from} cannot become ${to}. Load it again to see what it is now.`,
  ),
  'event.changed_meanwhile': entry(
    'conflict',
    () => 'The event was changed meanwhile. Load it again and repeat the change.',
  ),
  'event.not_named': entry<{ title: string }>(
    'conflict',
    ({ title }) =>
      `Cancelling refunds everybody and cannot be taken back. Repeat the event’s title to confirm it: “${title}”.`,
  ),
  'event.capacity_below_claimed': entry<{ areaId: string; claimed: number }>(
    'conflict',
    ({ claimed }) => `${claimed} places of this area are taken; its capacity cannot be lower.`,
  ),

  // holds
  'sale.closed': entry<{ reason: 'not_published' | 'cancelled' | 'not_started' | 'ended' | 'postponed' }>(
    'gone',
    ({ reason }) =>
      ({
        not_published: 'This event is not on sale. Look for another date, or come back when it is announced.',
        cancelled: 'This event is cancelled. Who has paid gets the money back.',
        not_started: 'The sale has not started yet. Come back when it does.',
        ended: 'The sale has ended. Ask the organizer, or look for another date.',
        postponed: 'This event is postponed; the sale is paused until there is a new date.',
      })[reason],
  ),
  'units.taken': entry<{ unitIds: readonly string[] }>(
    'conflict',
    () => 'Somebody was faster: these seats are taken. Choose others.',
  ),
  'units.unknown': entry<{ unitIds: readonly string[] }>(
    'invalid',
    ({ unitIds }) => `This event has no such seats: ${unitIds.slice(0, 5).join(', ')}.`,
  ),
  'units.short': entry<{ wanted: number; left: number }>('conflict', ({ wanted, left }) =>
    left === 0 ? 'Sold out.' : `${wanted} are wanted, ${left} are left. Ask for fewer.`,
  ),
  'units.strands_seat': entry<{ unitIds: readonly string[] }>(
    'conflict',
    () => 'This choice would leave a single seat alone. Take the seat beside it too, or move over by one.',
  ),
  'units.not_together': entry<{ wanted: number }>(
    'conflict',
    ({ wanted }) =>
      `There are no ${wanted} such seats side by side. Ask for fewer, or let the party be split.`,
  ),
  'hold.id_in_use': entry('conflict', () => 'This hold id belongs to another hold. Make a new one.'),
  'hold.limit': entry<{ limit: number; have: number }>(
    'limited',
    ({ limit, have }) => `At most ${limit} tickets a person for this event; you have ${have}.`,
  ),
  'hold.too_many': entry<{ limit: number }>(
    'invalid',
    ({ limit }) => `At most ${limit} tickets in one booking.`,
  ),
  'hold.gone': entry('gone', () => 'This hold has ended. Choose seats again.'),
  'hold.converting': entry(
    'conflict',
    () => 'This hold is being checked out right now. Look at your bookings, or try again in a minute.',
  ),
  'hold.extended_already': entry(
    'conflict',
    () => 'A hold can be extended once only. Check out now, or let it end and choose again.',
  ),
  'inventory.rebuilding': entry<{ retryAfterMs: number }>(
    'unavailable',
    () => 'Availability is being restored. Nothing is lost; try again in a moment.',
  ),
  'live.limited': entry<{ scope: 'process' | 'address'; limit: number; retryAfterMs: number }>(
    'limited',
    ({ scope, limit }) =>
      scope === 'address'
        ? `At most ${limit} live streams from one address. Close some, or ask for availability now and then instead.`
        : 'There are as many live streams as this server can serve. Ask for availability now and then instead.',
  ),

  // waiting rooms
  'room.none': entry('conflict', () => 'This event has no waiting room. Set one with events.update first.'),
  'room.bad_move': entry<{ state: string }>(
    'conflict',
    ({ state }) => `The waiting room is ${state}; that cannot be done now. Load it again to see what can.`,
  ),
  'room.too_many_joins': entry<{ retryAfterMs: number }>(
    'limited',
    () => 'Too many have joined from this address in a short time. Wait a moment, then join once.',
  ),
  'room.pass_required': entry(
    'forbidden',
    () =>
      'This sale goes through a waiting room. Join it, and send the pass with the hold when it is your turn.',
  ),
  'room.pass_forged': entry(
    'forbidden',
    () => 'This pass was not given by us, or was changed. Join the waiting room.',
  ),
  'room.pass_foreign': entry(
    'forbidden',
    () => 'This pass belongs to somebody else. Join the waiting room for a pass of your own.',
  ),
  'room.not_your_turn': entry<{ retryAfterMs: number }>(
    'limited',
    () => 'It is not your turn yet. Keep your pass, and ask where it stands.',
  ),
  'room.turn_over': entry('gone', () => 'Your turn is over. Join the waiting room again.'),
  'room.pass_used': entry('gone', () => 'You have bought with this pass. Join the waiting room again.'),

  // bookings and payments
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
      'The buyer booked this with an account, so only the buyer may change its address. Send the tickets again without another address, or ask the buyer to correct it.',
  ),
  'notification.too_many': entry<{ limit: number; retryAfterMs: number }>(
    'limited',
    ({ limit }) =>
      `These tickets were sent ${limit} times within a day. Look into the spam folder, or download them; another letter can go out tomorrow.`,
  ),
  'notification.id_in_use': entry(
    'conflict',
    () => 'This notification id belongs to another message. Make a new one.',
  ),
  // tickets that are passed on
  'transfer.not_possible': entry<{ why: WhyNotTransferable }>(
    'conflict',
    ({ why }) => WHY_NOT_TRANSFERABLE[why],
  ),
  'transfer.ticket_void': entry(
    'conflict',
    () => 'This ticket is not valid any more, so it cannot be passed on. Load your tickets again.',
  ),
  'transfer.to_self': entry(
    'invalid',
    () => 'This is the address of your own account. Give the address of somebody else.',
  ),
  'transfer.open_already': entry(
    'conflict',
    () => 'This ticket is on its way to somebody. Withdraw that first, then send it to another address.',
  ),
  'transfer.gone': entry(
    'gone',
    () =>
      'This ticket is not offered any more: the code is wrong or was used, or the offer was withdrawn or has expired.',
  ),
  'transfer.other_address': entry<{ invited: string }>(
    'forbidden',
    ({ invited }) =>
      `This ticket was sent to ${invited}. Log in with the account of that address, or ask for it to be sent to yours.`,
  ),
  'transfer.address_unverified': entry(
    'forbidden',
    () => 'Your e-mail address is not confirmed yet. Confirm it first, then accept the ticket again.',
  ),
  'transfer.sender_unverified': entry(
    'forbidden',
    () =>
      'Your e-mail address is not confirmed yet. Ask for a letter, confirm it, then send the ticket again.',
  ),
  'transfer.over_limit': entry<{ limit: number; have: number }>(
    'limited',
    ({ limit, have }) =>
      `At most ${limit} tickets a person for this event, and you have ${have}. Give one back or pass one on, then accept this one.`,
  ),
  'transfer.letter_too_soon': entry<{ retryAfterMs: number }>(
    'limited',
    ({ retryAfterMs }) =>
      `A letter went out a moment ago. Send it again in ${Math.ceil(retryAfterMs / 1_000)} seconds.`,
  ),
  'transfer.letters_spent': entry<{ limit: number }>(
    'conflict',
    ({ limit }) => `This ticket was mailed ${limit} times. Check the address, withdraw it and send it anew.`,
  ),
  'checkout.total_too_high': entry<{ total: number; highest: number }>(
    'invalid',
    () => 'This is more than one payment can carry. Buy in several bookings.',
  ),
  'sale.amount_differs': entry<{ due: number; amount: number }>(
    'conflict',
    ({ due, amount }) =>
      `The tickets cost ${due} (in minor units), and ${amount} were taken. Nothing was sold; take what they cost.`,
  ),
  'sale.hold_sold': entry<{ reference: string }>(
    'conflict',
    ({ reference }) =>
      `These tickets were sold before, as ${reference}, and not as you ask now. Nothing was sold; give the money back or choose others.`,
  ),
  'refund.not_by_hand': entry(
    'conflict',
    () => 'Nobody waits for this refund to be given back by hand. Load it again to see how it stands.',
  ),
  'refund.paid_back_before': entry<{ by: string; at: string | null }>(
    'conflict',
    ({ by, at }) =>
      `This money was given back by ${by}${at === null ? '' : ` at ${at}`}. Do not give it again; ask them if you did, too.`,
  ),
  'attendees.faulty': entry<{ faults: readonly { place: string; message: string }[]; total: number }>(
    'invalid',
    ({ faults, total }) =>
      `Nothing was imported; mend ${total} fault${total === 1 ? '' : 's'}: ${faults
        .slice(0, 5)
        .map((f) => `${f.place}: ${f.message}`)
        .join('; ')}${total > 5 ? '; …' : ''}.`,
  ),
  'refund.exceeds_captured': entry<{ refundable: number }>(
    'conflict',
    ({ refundable }) => `At most ${refundable} (in minor units) of this payment can still be refunded.`,
  ),
  'refund.id_in_use': entry('conflict', () => 'This refund id belongs to another refund. Make a new one.'),
  'incident.money_sent_back': entry<{ reserved: number }>(
    'conflict',
    ({ reserved }) =>
      `${reserved} (in minor units) of this money is on its way back, so it cannot pay for tickets. Decide for the refund.`,
  ),
  'incident.needs_decision': entry(
    'conflict',
    () => 'This incident needs a decision: confirm the booking, or refund the money.',
  ),
  'incident.needs_pay_back': entry(
    'conflict',
    () => 'This money is still owed. Give it back, then say so by its refund; that closes the incident.',
  ),
  'incident.closed': entry('conflict', () => 'This incident was closed before. Load the open ones again.'),

  // waitlist
  'waitlist.closed': entry<{ why: 'off' | 'too_late' }>(
    'gone',
    ({ why }) =>
      ({
        off: 'This event has no waitlist. Look at it again later: tickets that come back are on sale at once.',
        too_late:
          'The waitlist of this event has ended. Tickets that come back from now on are on sale at once.',
      })[why],
  ),
  'waitlist.places_free': entry<{ free: number }>(
    'conflict',
    ({ free }) => `There are enough places: ${free} are free. Book them now instead of waiting.`,
  ),
  'waitlist.joined_already': entry<{ entryId: string }>(
    'conflict',
    () => 'You are waiting for such tickets already. Look at your entries; you keep your place.',
  ),
  'waitlist.too_many_entries': entry<{ limit: number }>(
    'conflict',
    ({ limit }) => `At most ${limit} entries a person on one event’s waitlist. Leave one first.`,
  ),
  'waitlist.id_in_use': entry('conflict', () => 'This entry id belongs to another entry. Make a new one.'),
  'waitlist.bad_move': entry<{ from: string }>('conflict', ({ from }) =>
    from === 'offered'
      ? 'There is an offer for this entry. Accept or decline it first.'
      : `This entry is ${from}; that cannot be done any more. Join the waitlist again.`,
  ),
  'waitlist.only_fewer': entry<{ quantity: number }>(
    'invalid',
    ({ quantity }) =>
      `This entry waits for ${quantity}. It can be made smaller only; for more tickets leave and join again.`,
  ),
  'offer.gone': entry<{ status: string }>(
    'gone',
    ({ status }) =>
      `This offer is ${status}. Join the waitlist again; the next tickets that come back are offered in order.`,
  ),
  'waitlist.not_waiting': entry<{ status: string }>(
    'conflict',
    ({ status }) =>
      `This entry is ${status}, so it can neither be offered anything nor be removed. Load the list again.`,
  ),
  'waitlist.offer_open': entry<{ offerId: string }>(
    'conflict',
    ({ offerId }) =>
      `There is an open offer for this entry (${offerId}). Wait for the answer, or withdraw it first.`,
  ),
  'waitlist.bad_quantity': entry<{ quantity: number; partWelcome: boolean }>(
    'invalid',
    ({ quantity, partWelcome }) =>
      `This entry waits for ${quantity}${partWelcome ? '' : ', all or none'}. Offer ${partWelcome ? 'as many or fewer' : 'as many'}.`,
  ),
  'waitlist.nothing_fits': entry<{ wanted: number; left: number }>(
    'conflict',
    ({ wanted, left }) =>
      `${wanted} are wanted, and of what this entry waits for ${left} ${left === 1 ? 'is' : 'are'} left. Withdraw another offer, or wait until tickets come back.`,
  ),
  'offer.not_open': entry<{ status: string }>('conflict', ({ status }) =>
    status === 'accepted'
      ? 'This offer was accepted, so it cannot be withdrawn. Cancel the booking that was made of it instead.'
      : `This offer is ${status} already, and its tickets went on. Load the list again.`,
  ),
  'offer.id_in_use': entry('conflict', () => 'This offer id belongs to another offer. Make a new one.'),
  'webhook.bad_signature': entry(
    'invalid',
    () =>
      'The signature of this webhook is not valid. Check the endpoint’s signing secret (STRIPE_WEBHOOK_SECRET).',
  ),
} as const;

export type ErrorCode = keyof typeof errorCatalogue;
export type ErrorDetails<C extends ErrorCode> = (typeof errorCatalogue)[C] extends Entry<infer D> ? D : never;
