import { DomainError } from '../shared/errors.ts';
import type { UserId, WaitlistEntryId } from '../shared/ids.ts';
import type { Tx } from '../shared/unit-of-work.ts';
import type { WaitlistEntry } from './entry.ts';
import type { WaitlistEntryStore } from './ports.ts';

/** Throws `thing.not_found`, also for somebody else's. */
export const getOwnEntry = async (
  waitlistEntries: Pick<WaitlistEntryStore, 'find'>,
  { userId, entryId }: { readonly userId: UserId; readonly entryId: WaitlistEntryId },
  tx?: Tx,
): Promise<WaitlistEntry> => {
  const entry = await waitlistEntries.find(entryId, tx);
  if (entry === null || entry.userId !== userId)
    throw new DomainError('thing.not_found', { thing: 'waitlist entry' });
  return entry;
};
