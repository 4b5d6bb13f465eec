import type { Clock } from '../shared/clock.ts';
import { DomainError } from '../shared/errors.ts';
import type { Outbox, Tx } from '../shared/unit-of-work.ts';
import { MAX_ACTIVE_ENTRIES, type WaitlistEntry } from './entry.ts';
import type { WaitlistEntryStore } from './ports.ts';

export type SaveEntryDeps = {
  readonly outbox: Outbox;
  readonly clock: Clock;
  readonly waitlistEntries: Pick<WaitlistEntryStore, 'insert' | 'countActive'>;
};

/**
 * Writes an entry as part of `tx`, with a look at the list right after it: a unit that was freed in the same moment found nobody waiting
 * and is on sale. Throws `waitlist.joined_already`, `waitlist.too_many_entries`.
 */
export const saveEntry = async (
  { outbox, clock, waitlistEntries }: SaveEntryDeps,
  tx: Tx,
  entry: WaitlistEntry,
): Promise<void> => {
  const { id, eventId, userId } = entry;
  if ((await waitlistEntries.countActive(tx, eventId, userId)) >= MAX_ACTIVE_ENTRIES)
    throw new DomainError('waitlist.too_many_entries', { limit: MAX_ACTIVE_ENTRIES });
  await waitlistEntries.insert(tx, entry);
  await outbox.add(tx, [
    { job: 'waitlist.promote', payload: { eventId }, dueAt: clock.now(), key: `promote:${id}` },
  ]);
};
