import { entry } from './refusal.ts';

/** Written out, because clients get its type. */
type WhyNotTransferable = 'not_allowed' | 'too_late' | 'event_over';
const WHY_NOT_TRANSFERABLE: Readonly<Record<WhyNotTransferable, string>> = {
  not_allowed: 'Tickets of this event cannot be passed on. Ask the organizer what you can do.',
  too_late: 'The time in which tickets of this event can be passed on is over. Ask the organizer for help.',
  event_over: 'This event is over or was cancelled, so its tickets cannot be passed on any more.',
};

/** Tickets that are passed on. */
export const transferRefusals = {
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
} as const;
