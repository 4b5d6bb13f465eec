import { z } from 'zod';
import { CHECKOUT_OVER_MS } from '../events/changes/next-round.ts';
import { type Event, eventTransitions } from '../events/event.ts';
import { getEvent } from '../events/get-event.ts';
import type { EventStore, SalesRecord } from '../events/ports.ts';
import { refuseFrozen } from '../events/refuse-frozen.ts';
import { saveEvent } from '../events/save-event.ts';
import { addMs, type Clock, SECOND_MS } from '../shared/clock.ts';
import { DomainError } from '../shared/errors.ts';
import { idSchema } from '../shared/ids.ts';
import { canMove } from '../shared/state-machine.ts';
import type { Outbox, UnitOfWork } from '../shared/unit-of-work.ts';

export const unpublishEventInput = z.object({ organizationId: idSchema('org'), eventId: idSchema('evt') });
export type UnpublishEvent = z.output<typeof unpublishEventInput>;

type Deps = {
  readonly events: EventStore;
  readonly sales: SalesRecord;
  readonly unitOfWork: UnitOfWork;
  readonly outbox: Outbox;
  readonly clock: Clock;
};

/** A checkout's transaction is given up after 2 s; with a commit that is slow to answer, 5 s are enough. */
const FREEZE_MS = 5 * SECOND_MS;

/**
 * Takes an unsold event off sale: it is a draft again. A checkout that read it as published may still commit beside this, and must not be
 * made to write the event; so the draft is frozen for 5 s and then looked at again (verify-unpublish.ts), once more after a minute.
 * On a draft with a time of publication it takes the time away.
 * Throws `event.has_bookings` (also while money may still come for a booking that was freed by force), `event.bad_move`, `event.frozen`, `event.changed_meanwhile`.
 */
export const unpublishEvent = async (deps: Deps, command: UnpublishEvent): Promise<Event> => {
  const event = await getEvent(deps, command);
  const now = deps.clock.now();
  refuseFrozen(event, now);
  const changed: Event = { ...event, revision: event.revision + 1, updatedAt: now };
  if (event.status === 'draft' && event.publishAt !== null) {
    const unset: Event = { ...changed, publishAt: null };
    await deps.unitOfWork.run((tx) => saveEvent(deps, tx, unset, event, now));
    return unset;
  }
  if (!canMove(eventTransitions, event.status, 'draft'))
    throw new DomainError('event.bad_move', { from: event.status, to: 'draft' });
  if (await deps.sales.hasAnyBooked(event.id)) throw new DomainError('event.has_bookings', {});
  const draft: Event = { ...changed, status: 'draft', frozenUntil: addMs(now, FREEZE_MS) };
  const look = (afterMs: number) =>
    ({ job: 'event.verify_unpublish', payload: { eventId: event.id }, dueAt: addMs(now, afterMs) }) as const;
  await deps.unitOfWork.run(async (tx) => {
    await saveEvent(deps, tx, draft, event, now);
    await deps.outbox.add(tx, [look(FREEZE_MS + SECOND_MS), look(CHECKOUT_OVER_MS)]);
  });
  return draft;
};
