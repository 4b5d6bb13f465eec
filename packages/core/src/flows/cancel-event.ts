import { z } from 'zod';
import { decideCancel } from '../events/decide-change.ts';
import { idSchema, type UserId } from '../shared/ids.ts';
import { proseSchema } from '../shared/text.ts';
import type { ChangeProgress } from './change-progress.ts';
import { type StartChangeDeps, startChange } from './start-change.ts';

/** What buyers are told. */
export const changeReasonSchema = proseSchema(2_000)
  .transform((text) => text.trim())
  .refine((text) => text !== '', 'must not be empty');

export const cancelEventInput = z.object({
  organizationId: idSchema('org'),
  eventId: idSchema('evt'),
  /** Shown to everybody who has bought. */
  reason: changeReasonSchema,
  /** The event's title, against accidents: this cannot be taken back. */
  title: z.string().max(500),
});
export type CancelEvent = z.output<typeof cancelEventInput>;

/**
 * The show does not take place. From here on nobody holds, buys or is confirmed; the worker ends every booking, sends everything back that
 * can go back, and tells everybody once (carryOutChange). Answers the record of that, as it begins. Throws `event.bad_move` also for an event
 * that is cancelled, `event.not_named`, `thing.not_found`, `event.changed_meanwhile`.
 */
export const cancelEvent = (
  deps: StartChangeDeps,
  command: CancelEvent & { readonly by: UserId },
): Promise<ChangeProgress> =>
  startChange(deps, command, (event, now) => ({
    next: decideCancel(event, command, now),
    kind: 'cancelled',
    reason: command.reason,
    to: null,
    fullRefundUntil: null,
  }));
