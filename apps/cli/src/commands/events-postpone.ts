import type { CommandContext } from '../command-context.ts';
import { renderChange } from '../render-change.ts';

export type EventsPostponeOptions = {
  readonly org?: string;
  readonly reason?: string;
  readonly refundDays?: number;
};

/** No date for the time being: tickets stay valid, the sale pauses. */
export const postponeEvent = async (
  context: CommandContext,
  eventId: string,
  { org, reason, refundDays }: EventsPostponeOptions,
): Promise<void> => {
  const { client, organizationId } = await context.inOrganization(org);
  const progress = await client.api.events.postpone.mutate({
    organizationId,
    eventId,
    ...(reason !== undefined && { reason }),
    ...(refundDays !== undefined && { refundDays }),
  });
  context.print(progress, () => renderChange(context.io, progress));
};
