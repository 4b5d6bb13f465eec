import { entry } from './refusal.ts';

/** Venues and seat maps. */
export const venueRefusals = {
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
} as const;
