import type { Booking } from '../bookings/booking.ts';
import type { Incident, IncidentKind } from '../payments/incident.ts';
import type { Tx } from '../shared/unit-of-work.ts';
import type { SaleDeps } from './sale-deps.ts';

/** Reports something that needs a person, once per `key`. The facts go to organizers: no secrets, no personal data. */
export const openIncident = async (
  { incidents, ids, clock }: Pick<SaleDeps, 'incidents' | 'ids' | 'clock'>,
  tx: Tx,
  booking: Pick<Booking, 'id' | 'eventId' | 'organizationId'>,
  kind: IncidentKind,
  key: string,
  facts: Incident['facts'],
): Promise<void> =>
  incidents.raise(tx, {
    id: ids.next('inc'),
    key,
    kind,
    organizationId: booking.organizationId,
    eventId: booking.eventId,
    bookingId: booking.id,
    facts,
    openedAt: clock.now(),
    resolvedAt: null,
    resolution: null,
  });
