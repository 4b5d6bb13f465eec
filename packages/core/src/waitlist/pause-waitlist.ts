import { getEvent } from '../events/get-event.ts';
import type { EventStore } from '../events/ports.ts';
import type { Clock } from '../shared/clock.ts';
import { DomainError } from '../shared/errors.ts';
import type { Outbox, UnitOfWork } from '../shared/unit-of-work.ts';
import type { WaitlistRef } from './desk-input.ts';
import { isOverForGood } from './offer-end.ts';
import type { Waitlist, WaitlistStore } from './ports.ts';

export type PauseWaitlistDeps = {
  readonly unitOfWork: UnitOfWork;
  readonly outbox: Outbox;
  readonly clock: Clock;
  readonly events: Pick<EventStore, 'findOwn'>;
  readonly waitlists: Pick<WaitlistStore, 'takeTurn' | 'setPaused'>;
};

/**
 * Pauses or resumes an event's list. Once this returns, nothing is offered but by hand until it is resumed; what was offered stays good, and
 * units that come back stay with the list. It takes the list's turn, so a promote that is under way ends before or writes nothing. Asked
 * again it is nothing. Throws `thing.not_found`, `waitlist.closed` when nothing will be offered any more.
 */
export const pauseWaitlist = async (
  deps: PauseWaitlistDeps,
  { paused, ...ref }: WaitlistRef & { readonly paused: boolean },
): Promise<Waitlist> => {
  const { eventId } = ref;
  const event = await getEvent(deps, ref);
  const now = deps.clock.now();
  if (isOverForGood(event, now)) throw new DomainError('waitlist.closed', { why: 'too_late' });
  return deps.unitOfWork.run(async (tx) => {
    const before = await deps.waitlists.takeTurn(tx, eventId);
    if ((before.pausedAt !== null) === paused) return before;
    const pausedAt = paused ? now : null;
    await deps.waitlists.setPaused(tx, eventId, pausedAt);
    if (!paused) await deps.outbox.add(tx, [{ job: 'waitlist.promote', payload: { eventId }, dueAt: now }]);
    return { eventId, pausedAt };
  });
};
