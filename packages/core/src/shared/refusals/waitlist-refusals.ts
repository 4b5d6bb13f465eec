import { entry } from './refusal.ts';

/** Waitlists and their offers. */
export const waitlistRefusals = {
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
} as const;
