import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { cors } from 'hono/cors';
import type { Faults } from '../shared/faults.ts';
import { tokenBucket } from '../shared/token-bucket.ts';
import type { StripeBackend } from './backend.ts';
import { idempotency } from './idempotency.ts';
import {
  cancel,
  confirm,
  createIntent,
  listRefunds,
  type Operation,
  refund,
  retrieveIntent,
  retrieveRefund,
} from './operations.ts';
import { type Serving, type StripeEnv, serveOperation } from './serve-operation.ts';

/** The part of Stripe's API that the project calls, over HTTP. */
export const stripeRoutes = (backend: StripeBackend, faults: Faults): Hono<StripeEnv> => {
  const { options } = backend;
  const serving: Serving = {
    backend,
    faults,
    keys: idempotency(options.keep, options.now),
    global: tokenBucket(options.rateLimit.globalPerSecond, options.now),
  };
  const app = new Hono<StripeEnv>();
  // Buyers' browsers confirm across origins, as with Stripe.js.
  app.use('/v1/*', cors({ origin: '*' }));
  app.use('/v1/*', bodyLimit({ maxSize: 1_000_000 }));
  const route = <P>(operation: Operation<P>) => {
    const endpoint = tokenBucket(options.rateLimit.endpointPerSecond, options.now);
    app.on(operation.method, operation.path, (c) => serveOperation(serving, endpoint, operation, c));
  };
  route(createIntent);
  route(retrieveIntent);
  route(confirm);
  route(cancel);
  route(refund);
  route(retrieveRefund);
  route(listRefunds);
  app.all('/v1/*', (c) =>
    c.json(
      {
        error: {
          type: 'invalid_request_error',
          message: `Unrecognized request URL (${c.req.method}: ${c.req.path}).`,
        },
      },
      404,
    ),
  );
  return app;
};
