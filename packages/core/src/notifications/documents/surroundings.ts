import type { Booking } from '../../bookings/booking.ts';
import type { Event, EventTime } from '../../events/event.ts';
import type { EventStore } from '../../events/ports.ts';
import type { Organization } from '../../organizations/organization.ts';
import type { OrganizationStore } from '../../organizations/ports.ts';

export type SurroundingsDeps = {
  readonly organizations: Pick<OrganizationStore, 'find'>;
  readonly events: Pick<EventStore, 'find'>;
};

/** What documents say and a booking's snapshot does not have. */
export type Surroundings = {
  /** Empty when the organization is not there any more. */
  readonly organizerName: string;
  /** null when the event does not say, or was moved since it was bought. */
  readonly doorsAt: EventTime | null;
  readonly endsAt: Date | null;
  /** The show was put off, and its new date is not known yet; absent: it is known. */
  readonly dateOpen?: boolean;
};

/** Reads who holds the event, when doors open and when it ends. */
export const findSurroundings = async (
  { organizations, events }: SurroundingsDeps,
  booking: Booking,
): Promise<Surroundings> => {
  const { organizationId, eventId } = booking;
  const [organization, event] = await Promise.all([organizations.find(organizationId), events.find(eventId)]);
  return surroundingsOf(booking, organization, event);
};

/** The same of what was read before. Times of an event that was moved do not fit the snapshot. Pure. */
export const surroundingsOf = (
  { event: { startsAt } }: Booking,
  organization: Pick<Organization, 'name'> | null,
  event: Pick<Event, 'startsAt' | 'doorsAt' | 'endsAt' | 'status'> | null,
): Surroundings => {
  const asBought = event !== null && event.startsAt.at.getTime() === startsAt.at.getTime();
  return {
    organizerName: organization?.name ?? '',
    doorsAt: asBought ? event.doorsAt : null,
    endsAt: asBought ? event.endsAt.at : null,
    ...(event?.status === 'postponed' && { dateOpen: true }),
  };
};
