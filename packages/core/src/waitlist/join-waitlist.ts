import { type GetAvailabilityDeps, getAvailability } from '../inventory/get-availability.ts';
import type { Clock } from '../shared/clock.ts';
import { DomainError, isDomainError } from '../shared/errors.ts';
import type { IdSource, UserId } from '../shared/ids.ts';
import type { UnitOfWork } from '../shared/unit-of-work.ts';
import { draftEntry } from './draft-entry.ts';
import type { WaitlistEntry } from './entry.ts';
import { type EntryView, type ViewEntriesDeps, viewEntries } from './entry-view.ts';
import { freeForWish } from './free-for-wish.ts';
import { poolsOfWish } from './pool-key.ts';
import type { WaitlistEntryStore } from './ports.ts';
import { type SaveEntryDeps, saveEntry } from './save-entry.ts';
import type { JoinWaitlistInput } from './waitlist-input.ts';

export type JoinWaitlistDeps = GetAvailabilityDeps &
  ViewEntriesDeps &
  Omit<SaveEntryDeps, 'waitlistEntries'> & {
    readonly unitOfWork: UnitOfWork;
    readonly clock: Clock;
    readonly ids: IdSource;
    readonly waitlistEntries: Pick<WaitlistEntryStore, 'insert' | 'find' | 'countActive' | 'countAhead'>;
  };

/**
 * Puts a person on an event's waitlist, behind everybody who waits. The same entry id again, of the same person: the entry that stands.
 * Throws as draftEntry and saveEntry do, `waitlist.places_free` when so many can be booked now, `thing.not_found`, `inventory.rebuilding`.
 */
export const joinWaitlist = async (
  deps: JoinWaitlistDeps,
  command: JoinWaitlistInput & { readonly userId: UserId },
): Promise<EntryView> => {
  const standing = await deps.waitlistEntries.find(command.entryId);
  const entry = standing === null ? await join(deps, command) : ownedBy(command.userId, standing);
  const [view] = await viewEntries(deps, [entry]);
  if (view === undefined) throw new DomainError('thing.not_found', { thing: 'waitlist entry' });
  return view;
};

const ownedBy = (userId: UserId, entry: WaitlistEntry): WaitlistEntry => {
  if (entry.userId !== userId) throw new DomainError('waitlist.id_in_use', {});
  return entry;
};

const join = async (
  deps: JoinWaitlistDeps,
  command: JoinWaitlistInput & { readonly userId: UserId },
): Promise<WaitlistEntry> => {
  const { event, layout } = await deps.layouts.refresh(command.eventId);
  const entry = draftEntry(event, layout, command, { now: deps.clock.now(), place: deps.ids.next('wle') });
  const { snapshot } = await getAvailability(deps, { eventId: event.id, fresh: true });
  const free = freeForWish(layout, snapshot, poolsOfWish(event, layout, command.wish));
  if (free >= command.quantity) throw new DomainError('waitlist.places_free', { free });
  try {
    await deps.unitOfWork.run((tx) => saveEntry(deps, tx, entry));
    return entry;
  } catch (error) {
    // Two calls with one id at once, or a commit whose answer was lost: whoever is second finds the first's entry.
    if (isDomainError(error, 'waitlist.id_in_use') || isDomainError(error, 'deadline.passed')) {
      const stored = await deps.waitlistEntries.find(entry.id);
      if (stored !== null) return ownedBy(command.userId, stored);
    }
    throw error;
  }
};
