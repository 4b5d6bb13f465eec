import { receiveWebhook } from '@eventhorizon/core/flows/receive-webhook';
import { isDomainError } from '@eventhorizon/core/shared/errors';
import { Hono } from 'hono';
import type { ApiDeps } from '../api-deps.ts';
import type { HttpEnv } from './observe-requests.ts';
import { respondError } from './problem.ts';

/**
 * Stripe's webhooks. The signature covers the raw body, so nothing may parse it first. 200 only once the event is stored; any
 * failure of ours is a 5xx, so that Stripe delivers it again (https://docs.stripe.com/webhooks).
 */
export const webhookRoutes = (deps: ApiDeps): Hono<HttpEnv> =>
  new Hono<HttpEnv>().post('/webhooks/stripe', async (c) => {
    try {
      await receiveWebhook(deps, {
        rawBody: await c.req.text(),
        signature: c.req.header('stripe-signature') ?? '',
      });
      deps.metrics.countWebhook('accepted');
      return c.json({ received: true });
    } catch (error) {
      deps.metrics.countWebhook(isDomainError(error, 'webhook.bad_signature') ? 'refused' : 'failed');
      return respondError(error instanceof Error ? error : new Error(String(error)), c);
    }
  });
