import type { FreeUnits } from '@eventhorizon/core/listings/ports';
import type { EventId } from '@eventhorizon/core/shared/ids';
import { eventKeys } from './keys.ts';
import type { ScriptRunner } from './script-runner.ts';

/** Budget: one round trip for all events, because commands of one tick are sent together (connect.ts). */
export const createFreeUnits = ({ run }: ScriptRunner): FreeUnits => ({
  count: async (eventIds) => {
    const counted = await Promise.all(
      eventIds.map(async (eventId): Promise<[EventId, number] | null> => {
        const { word, rest } = await run('count-free', eventKeys(eventId), []);
        return word === 'cold' ? null : [eventId, Number(rest[0])];
      }),
    );
    return new Map(counted.filter((entry) => entry !== null));
  },
});
