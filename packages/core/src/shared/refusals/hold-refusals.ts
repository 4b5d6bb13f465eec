import { entry } from './refusal.ts';

/** Holds and the units they are of. */
export const holdRefusals = {
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
  'hold.limit_shared': entry<{ limit: number; have: number }>(
    'limited',
    ({ limit, have }) =>
      `At most ${limit} tickets a person for this event: ${have} and those that count for the same e-mail address elsewhere are too many. Buyers: some were sold to your address by the organizer; confirm it to see them all. Sellers: an account that has not confirmed this address has some; if it is not your customer's, sell with accountNotTheirs.`,
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
} as const;
