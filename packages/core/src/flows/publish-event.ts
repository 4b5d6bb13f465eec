import { z } from 'zod';
import { checkPlace, type PlaceDeps } from '../events/check-place.ts';
import { decidePublish } from '../events/decide-publish.ts';
import type { Event } from '../events/event.ts';
import { getEvent } from '../events/get-event.ts';
import type { EventStore } from '../events/ports.ts';
import { saveEvent } from '../events/save-event.ts';
import type { Clock } from '../shared/clock.ts';
import { idSchema } from '../shared/ids.ts';
import { instantSchema } from '../shared/instant.ts';
import type { Outbox, UnitOfWork } from '../shared/unit-of-work.ts';

export const publishEventInput = z.object({
  organizationId: idSchema('org'),
  eventId: idSchema('evt'),
  /** When; now when absent or past. A later call replaces the time; unpublishing the draft takes it away. */
  at: instantSchema.optional(),
});
export type PublishEvent = z.output<typeof publishEventInput>;

type Deps = PlaceDeps & {
  readonly events: EventStore;
  readonly unitOfWork: UnitOfWork;
  readonly outbox: Outbox;
  readonly clock: Clock;
};

/**
 * Puts a draft on sale, now or at a set time. The time on the event is the truth; the job that comes due only looks at it, so it may be
 * moved or taken away, and the event changed, without touching the job. Needs no Redis: the copy there is made when first wanted.
 * Throws `event.not_publishable` with every reason, `event.bad_move`, `event.frozen`, `event.changed_meanwhile`.
 */
export const publishEvent = async (deps: Deps, command: PublishEvent): Promise<Event> => {
  const event = await getEvent(deps, command);
  const now = deps.clock.now();
  const next = decidePublish(event, await checkPlace(deps, event), now, command.at ?? now);
  await deps.unitOfWork.run(async (tx) => {
    await saveEvent(deps, tx, next, event, now);
    if (next.publishAt !== null)
      await deps.outbox.add(tx, [
        {
          job: 'event.publish',
          payload: { eventId: event.id, revision: next.revision },
          dueAt: next.publishAt,
        },
      ]);
  });
  return next;
};
