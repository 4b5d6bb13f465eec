import type { AvailabilitySnapshot, PoolCount } from '@eventhorizon/core/inventory/availability';
import type { AvailabilityReader } from '@eventhorizon/core/inventory/ports';
import type { EventId } from '@eventhorizon/core/shared/ids';
import { eventKeys } from './keys.ts';
import type { ScriptRunner } from './script-runner.ts';

const snapshotOf = (eventId: EventId, [seats, ...flat]: readonly unknown[]): AvailabilitySnapshot => {
  const meta = new Map<string, string>();
  for (let at = 0; at + 1 < flat.length; at += 2) meta.set(String(flat[at]), String(flat[at + 1]));
  const counts: PoolCount[] = [];
  for (let pool = 0; meta.has(`c${pool}`); pool += 1) {
    const of = (kind: 'f' | 'h' | 't') => Number(meta.get(`${kind}${pool}`) ?? 0);
    counts.push({ free: of('f'), held: of('h'), taken: of('t') });
  }
  return {
    eventId,
    epoch: meta.get('epoch') ?? '',
    version: Number(meta.get('version')),
    revision: Number(meta.get('revision')),
    counts,
    seats: Buffer.isBuffer(seats) ? new Uint8Array(seats) : new Uint8Array(),
  };
};

/** Budget: one round trip. */
export const createAvailabilityReader = ({ runBinary }: ScriptRunner): AvailabilityReader => ({
  read: async (eventId) => {
    const { word, rest } = await runBinary('read-availability', eventKeys(eventId), []);
    return word === 'cold' ? null : snapshotOf(eventId, rest);
  },
});
