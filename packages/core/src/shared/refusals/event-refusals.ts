import { entry } from './refusal.ts';

/** Events and whether they are on sale. */
export const eventRefusals = {
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
} as const;
