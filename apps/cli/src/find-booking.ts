import type { Client } from '@eventhorizon/client/create-client';

/** The id of a booking that is named by its id or, as a caller says it, by its reference. */
export const bookingIdOf = async (client: Client, organizationId: string, named: string): Promise<string> =>
  named.startsWith('bkg_')
    ? named
    : (await client.api.bookings.getSoldByReference.query({ organizationId, reference: named })).id;
