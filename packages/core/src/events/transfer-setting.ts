import { z } from 'zod';
import { addMs, DAY_MS } from '../shared/clock.ts';

/** Whether tickets of an event may be passed on by their holders (docs/transfers.md), and until how long before its start. */
export type TransferSetting = { readonly allowed: boolean; readonly endsBeforeStartMs: number };

/** What holds for an event that says nothing: people fall ill on the last day, and others go in their place. */
export const DEFAULT_TRANSFERS: TransferSetting = { allowed: true, endsBeforeStartMs: 0 };

export const transferSettingSchema = z.object({
  allowed: z.boolean().default(DEFAULT_TRANSFERS.allowed),
  endsBeforeStartMs: z
    .int()
    .min(0)
    .max(365 * DAY_MS)
    .default(DEFAULT_TRANSFERS.endsBeforeStartMs),
});

/** The part of an event that decides. */
type TransferredEvent = {
  readonly status: string;
  readonly startsAt: { readonly at: Date };
  readonly transfers?: TransferSetting | undefined;
};

/** Until when a ticket can be accepted; null: a postponed event has no start yet, so nothing ends before it. */
export const transferDeadline = ({
  status,
  startsAt,
  transfers = DEFAULT_TRANSFERS,
}: TransferredEvent): Date | null =>
  status === 'postponed' ? null : addMs(startsAt.at, -transfers.endsBeforeStartMs);

export const NOT_TRANSFERABLE = ['not_allowed', 'too_late', 'event_over'] as const;
export type NotTransferable = (typeof NOT_TRANSFERABLE)[number];

/** Why tickets of this event cannot be passed on now; null: they can. Pure. */
export const whyNotTransferable = (event: TransferredEvent, now: Date): NotTransferable | null => {
  if (event.status !== 'published' && event.status !== 'postponed') return 'event_over';
  if (!(event.transfers ?? DEFAULT_TRANSFERS).allowed) return 'not_allowed';
  const deadline = transferDeadline(event);
  return deadline !== null && deadline <= now ? 'too_late' : null;
};
