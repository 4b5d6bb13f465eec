import { DomainError } from '../shared/errors.ts';
import type { Tx } from '../shared/unit-of-work.ts';
import { MAX_ACTIVE_ENTRIES, type WaitlistEntry } from './entry.ts';
import type { WaitlistEntryStore } from './ports.ts';

export type SaveEntryDeps = {
  readonly waitlistEntries: Pick<WaitlistEntryStore, 'insert' | 'countActive'>;
};

/**
 * Writes an entry as part of `tx`. Throws `waitlist.joined_already`, `waitlist.too_many_entries`.
 */
export const saveEntry = async (
  { waitlistEntries }: SaveEntryDeps,
  tx: Tx,
  entry: WaitlistEntry,
): Promise<void> => {
  const { eventId, userId } = entry;
  if ((await waitlistEntries.countActive(tx, eventId, userId)) >= MAX_ACTIVE_ENTRIES)
    throw new DomainError('waitlist.too_many_entries', { limit: MAX_ACTIVE_ENTRIES });
  await waitlistEntries.insert(tx, entry);
};
