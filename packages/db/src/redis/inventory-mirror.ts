import type { InventoryMirror } from '@eventhorizon/core/inventory/ports';
import type { UnitId } from '@eventhorizon/core/inventory/unit';
import { DomainError } from '@eventhorizon/core/shared/errors';
import { changeRecord, ownerOfValue } from './claim-record.ts';
import { gateRecord } from './gate-record.ts';
import { eventKey, eventKeys } from './keys.ts';
import { createRebuild } from './rebuild.ts';
import { asOutage, REDIS_RETRY_MS } from './redis-errors.ts';
import type { ScriptRunner } from './script-runner.ts';

/** Units a script changes at once: a fraction of a millisecond each, so that holds are never kept waiting for long. */
const CHUNK = 200;
/** A sweep that meets more due holds than this goes on at the next one. */
const MAX_SWEEPS = 1_000;

/** The copy of the inventory in Redis. Budget: `follow` takes a round trip per 200 units, `setGate` one. */
export const createInventoryMirror = (runner: ScriptRunner): InventoryMirror => ({
  follow: async (change) => {
    const keys = eventKeys(change.eventId);
    for (let at = 0; at < change.units.length; at += CHUNK) {
      const chunk = changeRecord({ ...change, units: change.units.slice(at, at + CHUNK) });
      const { word } = await runner.run('follow-claims', keys, [chunk]);
      // A rebuild reads all of Mongo, so what is left of this change needs no telling.
      if (word === 'cold') return 'cold';
    }
    return 'applied';
  },

  setGate: async (gate) =>
    (await runner.run('set-gate', eventKeys(gate.eventId), [gateRecord(gate).json])).word,

  rebuild: createRebuild(runner),

  sweep: async (eventId) => {
    let ended = 0;
    for (let round = 0; round < MAX_SWEEPS; round += 1) {
      const { word, rest } = await runner.run('sweep-event', eventKeys(eventId), []);
      if (word === 'cold') return ended;
      ended += Number(rest[0]);
      if (Number(rest[1]) === 0) return ended;
    }
    return ended;
  },

  owners: async (eventId) => {
    const { redis } = runner;
    const owners = new Map<UnitId, string>();
    try {
      const epoch = await redis.hget(eventKey(eventId, 'meta'), 'epoch');
      if (epoch === null) return null;
      let cursor = '0';
      do {
        const [next, page] = await redis.hscan(eventKey(eventId, 'units'), cursor, 'COUNT', 1_000);
        cursor = next;
        for (let at = 0; at + 1 < page.length; at += 2) {
          const [unitId = '', value = ''] = page.slice(at, at + 2);
          if (unitId !== '~') owners.set(unitId, ownerOfValue(value));
        }
      } while (cursor !== '0');
      // Pages of two copies do not make one: when the copy was swapped meanwhile, there is no answer.
      if ((await redis.hget(eventKey(eventId, 'meta'), 'epoch')) !== epoch) {
        throw new DomainError('inventory.rebuilding', { retryAfterMs: REDIS_RETRY_MS });
      }
      return owners;
    } catch (error) {
      throw asOutage(error);
    }
  },
});
