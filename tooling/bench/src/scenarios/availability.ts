import { openSale } from '@eventhorizon/actors/open-sale';
import { contest } from '../contest.ts';
import { createDriver } from '../load/drive.ts';
import { httpRequest } from '../load/http-request.ts';
import { CONNECTIONS, TURNS, withRoundTrips } from '../measuring.ts';
import type { Scenario } from '../scenario.ts';

/** Everybody looks at one event, as in the minute before it goes on sale. */
export const availability: Scenario = {
  name: 'availability',
  title: 'availability read',
  run: async (world) => {
    const { eventId } = await openSale(world.apiUrl, {
      seatMap: null,
      standing: 1_000,
      prices: { floor: 4500 },
    });
    const input = encodeURIComponent(JSON.stringify({ eventId }));
    const paths = {
      bare: `/bare/${eventId}`,
      plain: `/api/v1/events/${eventId}/availability`,
      noop: `/trpc/ask?input=${input}`,
      trpc: `/trpc/availability.get?input=${input}`,
    };
    const ceiling = await createDriver(world.ceilings.port, CONNECTIONS);
    const api = await createDriver(world.apiPort, CONNECTIONS);
    const get = (driver: typeof api, path: string) => {
      const request = httpRequest({ method: 'GET', path });
      return (forMs: number) => driver.drive(forMs, () => ({ request }));
    };
    const rows = await contest(
      [
        { name: 'bare Hono GET', cpu: world.ceilings.cpu, slice: get(ceiling, paths.bare) },
        { name: 'plain route', against: 'bare Hono GET', cpu: world.api.cpu, slice: get(api, paths.plain) },
        { name: 'tRPC no-op query', cpu: world.ceilings.cpu, slice: get(ceiling, paths.noop) },
        { name: 'tRPC', against: 'tRPC no-op query', cpu: world.api.cpu, slice: get(api, paths.trpc) },
      ],
      TURNS,
    );
    ceiling.close();
    api.close();
    const look = (path: string) => async () => (await fetch(`${world.apiUrl}${path}`)).arrayBuffer();
    return withRoundTrips(world, rows, {
      'plain route': { aim: { ratioAtLeast: 0.7 }, operation: look(paths.plain) },
      tRPC: { aim: { ratioAtLeast: 0.6 }, operation: look(paths.trpc) },
    });
  },
};
