import { Hono } from 'hono';
import { checkReadiness, type Pings } from '../observability/health.ts';

/** `live`: the process answers. `ready`: it can do its work; 503 names what it cannot reach. */
export const healthRoutes = (pings: Pings): Hono =>
  new Hono()
    .get('/health/live', (c) => c.json({ status: 'live' }))
    .get('/health/ready', async (c) => {
      const { ready, checks } = await checkReadiness(pings);
      return c.json({ status: ready ? 'ready' : 'not ready', checks }, ready ? 200 : 503);
    });
