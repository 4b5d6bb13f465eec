import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createClient } from '@eventhorizon/client/create-client';
import { waitUntil } from '@eventhorizon/devstack/process/wait-until';
import type { Stack } from '../start-stack.ts';
import { confirmAddress } from './confirm-address.ts';
import { demoVenue, seatedEvent, standingEvent } from './demo-events.ts';
import { type Login, writeLogins } from './logins.ts';

const plan = new URL('../../data/aurora-theatre.seating-plan.json', import.meta.url);

const newLogin = (who: string, username: string): Login => ({
  who,
  username,
  password: randomBytes(12).toString('base64url'),
});

const addressOf = ({ username }: Login): string => `${username}@eventhorizon.example`;

const register = async (url: string, login: Login) => {
  const client = createClient({ url });
  const { username, password } = login;
  await client.register({ username, email: addressOf(login), password });
  return client;
};

/**
 * A demo organization with two published events, made through the typed client as any organizer would. Writes the logins
 * to `loginsFile`: an owner and an attendee, with random passwords. Resolves when everybody can find the events.
 */
export const seed = async (
  { apiUrl: url, sandboxUrl }: Pick<Stack, 'apiUrl' | 'sandboxUrl'>,
  loginsFile: string,
  now = new Date(),
): Promise<void> => {
  const owner = newLogin('Owner', 'aurora-owner');
  const attendee = newLogin('Attendee', 'aurora-guest');
  const { api } = await register(url, owner);
  await register(url, attendee);
  await confirmAddress(api, sandboxUrl, addressOf(owner));

  const { organization } = await api.organizations.create.mutate({ name: 'Aurora Stages' });
  const organizationId = organization.id;
  const venue = await api.venues.create.mutate(demoVenue(organizationId));
  const place = { organizationId, venueId: venue.id };
  const seatMap = await api.venues.importSeatMap.mutate({
    ...place,
    format: 'plan',
    content: readFileSync(plan, 'utf8'),
  });
  for (const fields of [seatedEvent(place, seatMap.id, now), standingEvent(place, now)]) {
    const event = await api.events.create.mutate(fields);
    await api.events.publish.mutate({ organizationId, eventId: event.id });
  }
  writeLogins(loginsFile, [owner, attendee]);
  await waitUntil(
    async () => ((await api.events.listPublic.query({ organizationId })).items.length === 2 ? true : null),
    { what: 'the worker lists the demo events', timeoutMs: 30_000 },
  );
};
