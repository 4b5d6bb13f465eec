import type { Clock } from '../shared/clock.ts';
import { DomainError } from '../shared/errors.ts';
import type { UserId, WaitlistEntryId } from '../shared/ids.ts';
import type { Outbox, UnitOfWork } from '../shared/unit-of-work.ts';
import { type EntryView, type ViewEntriesDeps, viewEntries } from './entry-view.ts';
import { getOwnEntry } from './get-own-entry.ts';
import type { WaitlistEntryStore } from './ports.ts';

export type ReduceEntryDeps = ViewEntriesDeps & {
  readonly unitOfWork: UnitOfWork;
  readonly outbox: Outbox;
  readonly clock: Clock;
  readonly waitlistEntries: Pick<WaitlistEntryStore, 'find' | 'markReduced' | 'countAhead'>;
};

/**
 * Wait for fewer, in the same place; what is kept for the party may fit now, so the list is looked at again. Asked again it is nothing.
 * Throws `waitlist.only_fewer`, `waitlist.bad_move` for an entry that does not wait, `thing.not_found` for another's.
 */
export const reduceEntry = async (
  deps: ReduceEntryDeps,
  command: { readonly userId: UserId; readonly entryId: WaitlistEntryId; readonly quantity: number },
): Promise<EntryView> => {
  const { entryId, quantity } = command;
  const reduced = await deps.unitOfWork.run(async (tx) => {
    const entry = await getOwnEntry(deps.waitlistEntries, command, tx);
    if (entry.status !== 'waiting') throw new DomainError('waitlist.bad_move', { from: entry.status });
    if (entry.quantity === quantity) return entry;
    if (entry.quantity < quantity) throw new DomainError('waitlist.only_fewer', { quantity: entry.quantity });
    if (!(await deps.waitlistEntries.markReduced(tx, entryId, quantity)))
      throw new DomainError('busy.try_again', { retryAfterMs: 100 });
    const { eventId, revision } = entry;
    await deps.outbox.add(tx, [
      {
        job: 'waitlist.promote',
        payload: { eventId },
        dueAt: deps.clock.now(),
        key: `promote:${entryId}:${revision}`,
      },
    ]);
    return { ...entry, quantity };
  });
  const [view] = await viewEntries(deps, [reduced]);
  if (view === undefined) throw new DomainError('thing.not_found', { thing: 'waitlist entry' });
  return view;
};
