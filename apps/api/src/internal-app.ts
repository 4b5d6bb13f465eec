import { Hono } from 'hono';
import type { ApiDeps } from './api-deps.ts';
import { healthRoutes } from './http/health-routes.ts';

/** For the operators' network only: health and metrics. Never reachable from outside, so it listens on a port of its own. */
export const createInternalApp = ({ pings, metrics }: Pick<ApiDeps, 'pings' | 'metrics'>): Hono =>
  new Hono().route('/', healthRoutes(pings)).get('/metrics', async (c) => {
    const { contentType, body } = await metrics.expose();
    return c.body(body, 200, { 'content-type': contentType });
  });
