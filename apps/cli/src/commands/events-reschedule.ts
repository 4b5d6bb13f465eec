import type { CommandContext } from '../command-context.ts';
import { renderChange } from '../render-change.ts';
import type { EventsPostponeOptions } from './events-postpone.ts';

export type EventsRescheduleOptions = EventsPostponeOptions & {
  readonly starts: string;
  readonly ends: string;
  readonly doors?: string;
};

/** Another date, read off the wall in the zone that the event has; on sale (again). */
export const rescheduleEvent = async (
  context: CommandContext,
  eventId: string,
  { org, starts, ends, doors, reason, refundDays }: EventsRescheduleOptions,
): Promise<void> => {
  const { client, organizationId } = await context.inOrganization(org);
  const { zone } = (await client.api.events.get.query({ organizationId, eventId })).startsAt;
  const at = (local: string) => ({ local, zone });
  const progress = await client.api.events.reschedule.mutate({
    organizationId,
    eventId,
    startsAt: at(starts),
    endsAt: at(ends),
    ...(doors !== undefined && { doorsAt: at(doors) }),
    ...(reason !== undefined && { reason }),
    ...(refundDays !== undefined && { refundDays }),
  });
  context.print(progress, () => renderChange(context.io, progress));
};
