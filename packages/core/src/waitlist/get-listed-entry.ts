import { DomainError } from '../shared/errors.ts';
import type { OrganizationId, WaitlistEntryId } from '../shared/ids.ts';
import type { Tx } from '../shared/unit-of-work.ts';
import type { WaitlistEntry } from './entry.ts';
import type { WaitlistEntryStore } from './ports.ts';

/** An entry of the organization's events. Throws `thing.not_found`, also for another's. */
export const getListedEntry = async (
  waitlistEntries: Pick<WaitlistEntryStore, 'find'>,
  { organizationId, entryId }: { readonly organizationId: OrganizationId; readonly entryId: WaitlistEntryId },
  tx?: Tx,
): Promise<WaitlistEntry> => {
  const entry = await waitlistEntries.find(entryId, tx);
  if (entry === null || entry.organizationId !== organizationId)
    throw new DomainError('thing.not_found', { thing: 'waitlist entry' });
  return entry;
};
