import { setTimeout as sleep } from 'node:timers/promises';
import { DomainError } from '@eventhorizon/core/shared/errors';
import type { NumberBlocks, NumberRequest, RoomDesk } from '@eventhorizon/core/waiting-room/ports';
import { roomKeys } from './keys.ts';
import type { ScriptRunner } from './script-runner.ts';

export type RoomDeskOptions = {
  /** Numbers per write to Mongo. As many are nobody's when Redis loses everything; the line passes them like those who do not come. */
  readonly blockSize?: number;
};

/** How long one caller may take to reserve before another is asked to. */
const LEASE_MS = 1_000;
const WAIT_MS = 15;
/** Together longer than a lease: should its taker die, somebody who waits takes over. */
const TRIES = 150;

/** Budget: one round trip; a write to Mongo for every block. */
export const createRoomDesk = (
  { run }: ScriptRunner,
  blocks: Pick<NumberBlocks, 'reserve'>,
  { blockSize = 100 }: RoomDeskOptions = {},
): RoomDesk => {
  const addBlock = async ({ eventId }: NumberRequest, atLeast: number, history: string): Promise<void> => {
    const { from, to } = await blocks.reserve(eventId, atLeast, blockSize);
    await run('add-numbers', roomKeys(eventId).slice(0, 1), [from, to, history]);
  };
  return {
    numberFor: async (request) => {
      const { eventId, person, keep, over, pace } = request;
      const stretch = pace === null ? ['', '', ''] : [pace.from, pace.since.getTime(), pace.perMinute];
      const args = [person, keep ?? '', over ?? '', ...stretch, Math.floor(blockSize / 2), LEASE_MS];
      for (let attempt = 0; attempt < TRIES; attempt += 1) {
        const { word, rest } = await run('take-number', roomKeys(eventId), args);
        if (word === 'reserve') await addBlock(request, Number(rest[0]), String(rest[1]));
        else if (word === 'wait') await sleep(WAIT_MS);
        else {
          if (rest[1] === 1) await addBlock(request, 0, String(rest[2]));
          return Number(rest[0]);
        }
      }
      throw new DomainError('busy.try_again', { retryAfterMs: WAIT_MS });
    },
  };
};
