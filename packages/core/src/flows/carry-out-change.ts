import type { EventChange } from '../events/changes/event-change.ts';
import { nextRound } from '../events/changes/next-round.ts';
import type { JobPayload } from '../jobs.ts';
import { type DomainError, isDomainError } from '../shared/errors.ts';
import type { BookingId } from '../shared/ids.ts';
import { type EndForEventDeps, endForEvent } from './end-for-event.ts';
import { done, type JobResult, retryLater } from './job-result.ts';
import { openIncident } from './open-incident.ts';
import type { SaleDeps } from './sale-deps.ts';
import { type TellOfChangeDeps, tellOfChange } from './tell-of-change.ts';

export type CarryOutChangeDeps = EndForEventDeps &
  TellOfChangeDeps &
  Pick<SaleDeps, 'unitOfWork' | 'incidents' | 'changes'>;

/** Ten bookings a second: so a big event's refunds leave room at the payment provider for those who are buying. */
export const PAGE = 20;
const PAGE_EVERY_MS = 2_000;

/**
 * Job `event.sweep`: one page of what a change means for those who have bought. Each booking is ended, or told, in a transaction of its own
 * that counts it; so wherever the worker dies, and should two work at once, nobody is paid or told twice, and whoever comes next
 * goes on. Rounds are repeated until two in a row, further apart than a checkout can last, find nothing: a checkout that has read the event
 * before it was changed may commit after the first. A later change of the event ends the telling of this one.
 */
export const carryOutChange = async (
  deps: CarryOutChangeDeps,
  { changeId }: JobPayload<'event.sweep'>,
): Promise<JobResult> => {
  const change = await deps.changes.find(changeId);
  if (change === null || change.finishedAt !== null) return done;
  const now = deps.clock.now();
  const latest = await deps.changes.findLatest(change.eventId);
  if (latest !== null && latest.revision > change.revision) {
    await deps.changes.markFinished(change, now);
    return done;
  }
  const { restUntil, after } = change.place;
  if (restUntil !== null && restUntil > now)
    return retryLater('a checkout may still be under way', restUntil.getTime() - now.getTime());
  const page = await deps.bookings.listOfEvent(change.eventId, after, PAGE);
  for (const { id } of page) await reach(deps, change, id);
  const last = page.length < PAGE ? undefined : page.at(-1);
  if (last === undefined) return endRound(deps, change);
  await deps.changes.moveOn(change, last.id);
  return retryLater('more bookings are waiting', PAGE_EVERY_MS);
};

const endRound = async (deps: CarryOutChangeDeps, begun: EventChange): Promise<JobResult> => {
  // Read again: what this page touched counts.
  const change = (await deps.changes.find(begun.id)) ?? begun;
  const now = deps.clock.now();
  const end = nextRound(change.place, now);
  if (end.do === 'finish') {
    await deps.changes.markFinished(change, now);
    return done;
  }
  await deps.changes.nextRound(change, end);
  return retryLater(
    'everything is looked at once more',
    end.restUntil === null ? PAGE_EVERY_MS : end.restUntil.getTime() - now.getTime(),
  );
};

/** What it refuses is for a person, and holds up nobody else; what may pass by itself is thrown, and the job comes back. */
const reach = async (deps: CarryOutChangeDeps, change: EventChange, bookingId: BookingId): Promise<void> => {
  try {
    await deps.unitOfWork.run(async (tx) => {
      const booking = await deps.bookings.find(bookingId, tx);
      if (booking === null) return;
      const more =
        change.kind === 'cancelled'
          ? await endForEvent(deps, tx, change, booking)
          : await tellOfChange(deps, tx, change, booking);
      if (more !== null) await deps.changes.noteTouched(tx, change.id, { found: 1, ...more });
    });
  } catch (error) {
    if (!isDomainError(error) || error.kind === 'unavailable' || error.kind === 'limited') throw error;
    await reportFailed(deps, change, bookingId, error);
  }
};

const reportFailed = async (
  deps: CarryOutChangeDeps,
  change: EventChange,
  bookingId: BookingId,
  { code, message }: DomainError,
): Promise<void> =>
  deps.unitOfWork.run(async (tx) => {
    await openIncident(deps, tx, { ...change, id: bookingId }, 'give_up_failed', `give_up:${bookingId}`, {
      reason: `${code}: ${message}`,
    });
    await deps.changes.noteFailed(tx, change.id);
  });
