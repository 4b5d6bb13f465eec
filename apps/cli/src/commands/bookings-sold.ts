import type { BookingStatus } from '@eventhorizon/core/bookings/booking';
import type { CommandContext } from '../command-context.ts';
import { renderSoldPage } from '../render-sold.ts';
import type { ListOptions } from './venues-list.ts';

export type BookingsSoldOptions = ListOptions & {
  readonly find?: string;
  readonly status?: BookingStatus;
  readonly import?: string;
};

/** The bookings of an event: the newest first, those of a list of attendees in its order. */
export const listSold = async (
  context: CommandContext,
  eventId: string,
  { org, import: importId, ...filter }: BookingsSoldOptions,
): Promise<void> => {
  const { client, organizationId } = await context.inOrganization(org);
  const page = await client.api.bookings.listSold.query({
    organizationId,
    eventId,
    ...filter,
    ...(importId !== undefined && { importId }),
  });
  context.print(page, () => renderSoldPage(context.io, page));
};
