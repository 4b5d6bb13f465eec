import type { EventId } from '@eventhorizon/core/shared/ids';
import { eventKey, stagingKeys } from './keys.ts';
import type { ScriptRunner } from './script-runner.ts';

/** A rebuilder that does nothing for this long has lost the right to finish. Each chunk renews it. */
export const LEASE_MS = 15_000;
/** Leftovers of a dead rebuilder vanish after this. */
const STAGING_TTL_MS = 10 * 60_000;
/** Chunks that may be under way at once; bounds what a rebuild keeps in memory. */
const IN_FLIGHT = 8;

/** Another rebuilder has the lease now; what this one made is worthless. */
export class Fenced extends Error {}

/** Numbers of the staging keys in rebuild-load.lua. */
export const STAGING_KEY = { meta: 2, units: 3, freed: 7, persons: 8, turns: 9 } as const;

/** [command, key number, argument, …] */
export type Write = readonly (string | number)[];

/**
 * Sends chunks of writes to a rebuild's staging keys, a few at a time. They run in order: the script refuses one that overtook
 * another, which then comes again after it. Throws `Fenced`.
 */
export const stagingWriter = ({ run }: ScriptRunner, eventId: EventId, token: string) => {
  const keys = [eventKey(eventId, 'rebuild'), ...stagingKeys(eventId, token)];
  const underWay = new Set<Promise<void>>();
  let chunk = 0;
  let failure: unknown = null;
  const check = () => {
    if (failure !== null) throw failure;
  };
  let last: Promise<void> = Promise.resolve();
  const send = async (
    writes: readonly Write[],
    seats: Uint8Array | null,
    before: Promise<void>,
  ): Promise<void> => {
    chunk += 1;
    const args = [
      token,
      LEASE_MS,
      chunk,
      STAGING_TTL_MS,
      JSON.stringify(writes),
      seats === null ? '' : Buffer.from(seats),
    ];
    let { word } = await run('rebuild-load', keys, args);
    if (word === 'gap') {
      await before;
      word = (await run('rebuild-load', keys, args)).word;
    }
    // A gap that stays: the chunk before failed, which is the failure to tell, or the staging keys are lost.
    if (word !== 'loaded') throw new Fenced();
  };
  return {
    write: async (writes: readonly Write[], seats: Uint8Array | null = null): Promise<void> => {
      check();
      const sent: Promise<void> = send(writes, seats, last)
        .catch((error: unknown) => {
          failure ??= error;
        })
        .finally(() => underWay.delete(sent));
      last = sent;
      underWay.add(sent);
      if (underWay.size >= IN_FLIGHT) await Promise.race(underWay);
    },
    drained: async (): Promise<void> => {
      await Promise.all(underWay);
      check();
    },
  };
};

export type StagingWriter = ReturnType<typeof stagingWriter>;
