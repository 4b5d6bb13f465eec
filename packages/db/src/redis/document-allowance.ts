import type { DocumentAllowance } from '@eventhorizon/core/notifications/ports';
import { rateKey } from './keys.ts';
import type { ScriptRunner } from './script-runner.ts';

/** What a document costs besides its pages: it takes one of the places in which documents wait, however short it is. */
const A_DOCUMENT = 10;
/** The largest booking (100 tickets) three times in a row, or 30 documents of a page: less than half of the places there are. */
const CAPACITY = 330;
/** A page takes 5 to 25 ms of the one thread, so nobody has more than a third of it for long; a list of 5,000 is printed in six minutes. */
const PER_SECOND = 15;

/**
 * A token bucket for each account that asks, shared by all processes. While Redis is away everybody is let through, and `onOutage` is told: what
 * waits is bounded all the same, and people stand at a gate. Budget: one round trip.
 */
export const createDocumentAllowance = (
  { run }: ScriptRunner,
  onOutage: (err: unknown) => void,
): DocumentAllowance => ({
  take: async (userId, pages) => {
    try {
      const args = [PER_SECOND, CAPACITY, Math.min(CAPACITY, A_DOCUMENT + pages)];
      const { word, rest } = await run('take-token', [rateKey(`document:${userId}`)], args);
      return word === 'taken' ? null : Number(rest[0]);
    } catch (err) {
      onOutage(err);
      return null;
    }
  },
});
