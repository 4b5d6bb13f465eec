import { randomBytes } from 'node:crypto';
import { newHoldId } from '@eventhorizon/actors/new-hold-id';
import type { Sale } from '@eventhorizon/actors/open-sale';
import { type Client, createClient } from '@eventhorizon/client/create-client';
import { insistently } from '@eventhorizon/client/insistently';

/** An account with a client of its own. */
export const newBuyer = async (url: string): Promise<Client> => {
  const client = createClient({ url });
  const username = `buyer-${randomBytes(6).toString('hex')}`;
  const email = `${username}@eventhorizon.example`;
  await client.register({ username, email, password: randomBytes(12).toString('base64url') });
  return client;
};

/** Holds one place and checks it out. */
export const checkOutOne = async ({ api }: Client, { eventId, areaId, ticketTypeId }: Sale) => {
  const holdId = newHoldId();
  const selections = [{ kind: 'places' as const, areaId, quantity: 1 }];
  const held = await insistently(() => api.holds.place.mutate({ eventId, holdId, selections }));
  const command = {
    eventId,
    holdId,
    buyer: { name: 'Bench', email: 'bench@eventhorizon.example' },
    lines: held.units.map(({ unitId }) => ({ unitId, ticketTypeId })),
  };
  return insistently(() => api.bookings.checkout.mutate(command));
};
