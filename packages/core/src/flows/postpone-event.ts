import { z } from 'zod';
import { decidePostpone } from '../events/decide-change.ts';
import { DEFAULT_REFUND_DAYS, MAX_REFUND_DAYS } from '../events/postponement.ts';
import { idSchema, type UserId } from '../shared/ids.ts';
import { putOffRoom } from '../waiting-room/put-off-room.ts';
import { changeReasonSchema } from './cancel-event.ts';
import type { ChangeProgress } from './change-progress.ts';
import { type StartChangeDeps, startChange } from './start-change.ts';

/** So many days everybody gets everything back who does not want to come then. */
export const refundDaysSchema = z.int().min(0).max(MAX_REFUND_DAYS).default(DEFAULT_REFUND_DAYS);

export const postponeEventInput = z.object({
  organizationId: idSchema('org'),
  eventId: idSchema('evt'),
  reason: changeReasonSchema.nullable().default(null),
  refundDays: refundDaysSchema,
});
export type PostponeEvent = z.output<typeof postponeEventInput>;

/**
 * The show is put off, and the new date is not known yet. Tickets stay valid, the sale and its waiting room pause, and who has bought is told once and may have
 * everything back for a while. `rescheduleEvent` names the date. Throws `event.bad_move`, `thing.not_found`, `event.changed_meanwhile`.
 */
export const postponeEvent = (
  deps: StartChangeDeps,
  command: PostponeEvent & { readonly by: UserId },
): Promise<ChangeProgress> =>
  startChange(deps, command, (event, now) => {
    const next = putOffRoom(decidePostpone(event, command, now), now);
    return {
      next,
      kind: 'postponed',
      reason: command.reason,
      to: null,
      fullRefundUntil: next.postponement?.fullRefundUntil ?? null,
    };
  });
