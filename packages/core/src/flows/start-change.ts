import { AT_THE_BEGINNING, type EventChange, NO_COUNTS } from '../events/changes/event-change.ts';
import type { EventChangeStore } from '../events/changes/ports.ts';
import type { Event } from '../events/event.ts';
import { getEvent } from '../events/get-event.ts';
import type { EventStore } from '../events/ports.ts';
import { saveEvent } from '../events/save-event.ts';
import type { Clock } from '../shared/clock.ts';
import type { EventId, IdSource, OrganizationId, UserId } from '../shared/ids.ts';
import type { Outbox, UnitOfWork } from '../shared/unit-of-work.ts';
import { type ChangeProgress, changeProgress } from './change-progress.ts';

export type StartChangeDeps = {
  readonly events: EventStore;
  readonly changes: Pick<EventChangeStore, 'insert'>;
  readonly unitOfWork: UnitOfWork;
  readonly outbox: Outbox;
  readonly clock: Clock;
  readonly ids: IdSource;
};

type Decided = Pick<EventChange, 'kind' | 'reason' | 'to' | 'fullRefundUntil'> & { readonly next: Event };

/**
 * Changes an event for everybody who has bought, in one transaction: the event, the word of it to Redis and to the listing, and the record
 * of how far buyers are reached, with the job that reaches them; and the word to the waitlist. Throws what `decide` does, `thing.not_found`, `event.changed_meanwhile`.
 */
export const startChange = async (
  deps: StartChangeDeps,
  command: { readonly organizationId: OrganizationId; readonly eventId: EventId; readonly by: UserId },
  decide: (event: Event, now: Date) => Decided,
): Promise<ChangeProgress> => {
  const event = await getEvent(deps, command);
  const now = deps.clock.now();
  const { next, ...decided } = decide(event, now);
  const change: EventChange = {
    ...decided,
    id: deps.ids.next('chg'),
    eventId: event.id,
    organizationId: event.organizationId,
    by: command.by,
    from: event.startsAt,
    revision: next.revision,
    startedAt: now,
    finishedAt: null,
    place: AT_THE_BEGINNING,
    counts: NO_COUNTS,
  };
  await deps.unitOfWork.run(async (tx) => {
    await saveEvent(deps, tx, next, event, now);
    await deps.changes.insert(tx, change);
    await deps.outbox.add(tx, [
      { job: 'event.sweep', payload: { changeId: change.id }, dueAt: now, key: `sweep:${change.id}` },
      // Whoever waits for units is done waiting, or may be offered some again.
      { job: 'waitlist.promote', payload: { eventId: event.id }, dueAt: now, key: `promote:${change.id}` },
    ]);
  });
  return changeProgress(change, []);
};
