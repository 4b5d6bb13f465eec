import { z } from 'zod';
import { decideReschedule } from '../events/decide-change.ts';
import { idSchema, type UserId } from '../shared/ids.ts';
import { instantSchema } from '../shared/instant.ts';
import { wallTimeSchema } from '../shared/wall-time.ts';
import { takeUpRoom } from '../waiting-room/put-off-room.ts';
import { changeReasonSchema } from './cancel-event.ts';
import type { ChangeProgress } from './change-progress.ts';
import { refundDaysSchema } from './postpone-event.ts';
import { type StartChangeDeps, startChange } from './start-change.ts';

export const rescheduleEventInput = z.object({
  organizationId: idSchema('org'),
  eventId: idSchema('evt'),
  startsAt: wallTimeSchema,
  endsAt: wallTimeSchema,
  doorsAt: wallTimeSchema.nullable().default(null),
  /** Absent: the sale ends as long before the start as it did. null: with the start. */
  salesEndAt: instantSchema.nullable().optional(),
  /** When a waiting room opens that has not. Absent: as it was planned; if that passed while the show was put off, as long before the start as it was. */
  roomOpensAt: wallTimeSchema.optional(),
  reason: changeReasonSchema.nullable().default(null),
  refundDays: refundDaysSchema,
});
export type RescheduleEvent = z.output<typeof rescheduleEventInput>;

/**
 * The show has another date: that of one that was postponed, or another one for an event that is on sale. Tickets stay valid, and who has
 * bought is told once, with the new date for the calendar, and may have everything back for a while. Throws `event.bad_move`,
 * `input.invalid`, `thing.not_found`, `event.changed_meanwhile`.
 */
export const rescheduleEvent = (
  deps: StartChangeDeps,
  command: RescheduleEvent & { readonly by: UserId },
): Promise<ChangeProgress> =>
  startChange(deps, command, (event, now) => {
    const next = takeUpRoom(decideReschedule(event, command, command, now), now);
    return {
      next,
      kind: 'moved',
      reason: command.reason,
      to: next.startsAt,
      fullRefundUntil: next.postponement?.fullRefundUntil ?? null,
    };
  });
