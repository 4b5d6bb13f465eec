import { type Context, Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { z } from 'zod';
import type { SandboxEmail } from '../sendgrid/email.ts';
import { faultRuleSchema } from '../shared/faults.ts';
import { StripeApiError } from '../stripe/api-error.ts';
import { RELEASE_ORDERS } from '../webhooks/release-order.ts';
import { webhookRulesSchema } from '../webhooks/webhook-rules.ts';
import type { Control } from './control.ts';

const paySchema = z.strictObject({ payment_method: z.string().optional() });
const authenticateSchema = z.strictObject({ answer: z.enum(['complete', 'fail']) });
const resultSchema = z.strictObject({ result: z.enum(['succeeded', 'failed']) });
const fatesSchema = z.strictObject({ fates: z.array(z.enum(['succeeded', 'pending', 'fails_later'])) });
const refundSchema = z.strictObject({ amount: z.int().min(1).nullable().default(null) });
const disputeSchema = z.strictObject({
  amount: z.int().min(1).nullable().default(null),
  reason: z.string().max(100).default('fraudulent'),
  inquiry: z.boolean().default(false),
});
const moveDisputeSchema = z.strictObject({ to: z.enum(['escalated', 'won', 'lost']) });
const releaseSchema = z.strictObject({ order: z.enum(RELEASE_ORDERS).default('as_made') });

/** JSON only: a form on some web page cannot send it, so no page that is open in a browser here can press these switches. */
const read = async <S extends z.ZodType>(c: Context, schema: S): Promise<z.output<S>> => {
  if (c.req.header('content-type')?.split(';')[0] !== 'application/json')
    throw new HTTPException(415, { message: 'Send JSON with content-type: application/json.' });
  const json: unknown = await c.req.json().catch(() => undefined);
  const parsed = schema.safeParse(json);
  if (!parsed.success) throw new HTTPException(400, { message: z.prettifyError(parsed.error) });
  return parsed.data;
};

const emailForJson = (email: SandboxEmail) => ({
  ...email,
  attachments: email.attachments.map((each) => ({ ...each, content: each.content.toString('base64') })),
});

/** The switches over HTTP, for tests and demos in other processes. Paths are listed in the sandbox's page. */
export const controlRoutes = (control: Control): Hono => {
  const app = new Hono().basePath('/_control');
  app.get('/health', (c) => c.json({ ok: true }));

  app.get('/faults', (c) => c.json(control.faults()));
  app.post('/faults', async (c) => c.json(control.fail(await read(c, faultRuleSchema)), 201));
  app.delete('/faults', (c) => {
    control.clearFaults();
    return c.body(null, 204);
  });
  app.post('/calls/release', (c) => {
    control.releaseCalls();
    return c.body(null, 204);
  });

  app.get('/webhooks', (c) => c.json(control.webhooks.rules()));
  app.patch('/webhooks', async (c) => c.json(control.webhooks.change(await read(c, webhookRulesSchema))));
  app.post('/webhooks/hold', (c) => {
    control.webhooks.hold();
    return c.body(null, 204);
  });
  app.post('/webhooks/release', async (c) => {
    await control.webhooks.release((await read(c, releaseSchema)).order);
    return c.body(null, 204);
  });
  app.get('/webhooks/idle', async (c) => {
    await control.webhooks.idle();
    return c.body(null, 204);
  });
  app.post('/events/:id/resend', async (c) =>
    (await control.webhooks.resend(c.req.param('id')))
      ? c.body(null, 204)
      : c.json({ error: 'There is no such event.' }, 404),
  );

  app.post('/intents/:id/pay', async (c) => {
    const { payment_method: method } = await read(c, paySchema);
    return c.json(control.pay(c.req.param('id'), method));
  });
  app.post('/intents/:id/authenticate', async (c) =>
    c.json(control.authenticate(c.req.param('id'), (await read(c, authenticateSchema)).answer)),
  );
  app.post('/intents/:id/settle', async (c) =>
    c.json(control.settle(c.req.param('id'), (await read(c, resultSchema)).result)),
  );
  app.post('/intents/:id/refund', async (c) =>
    c.json(control.refundByHand(c.req.param('id'), (await read(c, refundSchema)).amount), 201),
  );
  app.post('/intents/:id/dispute', async (c) =>
    c.json(control.dispute(c.req.param('id'), await read(c, disputeSchema)), 201),
  );
  app.post('/disputes/:id/move', async (c) =>
    c.json(control.moveDispute(c.req.param('id'), (await read(c, moveDisputeSchema)).to)),
  );
  app.post('/refunds/next', async (c) => {
    control.nextRefunds(...(await read(c, fatesSchema)).fates);
    return c.body(null, 204);
  });
  app.post('/refunds/:id/settle', async (c) =>
    c.json(control.settleRefund(c.req.param('id'), (await read(c, resultSchema)).result)),
  );

  app.get('/intents', (c) => c.json(control.intents()));
  app.get('/disputes', (c) => c.json(control.disputes()));
  app.get('/refunds', (c) => c.json(control.refunds()));
  app.get('/emails', (c) => {
    const to = c.req.query('to');
    return c.json(
      control
        .emails()
        .filter((email) => to === undefined || email.to.includes(to))
        .map(emailForJson),
    );
  });
  app.get('/sms', (c) => c.json(control.sms()));
  app.get('/deliveries', (c) => c.json(control.deliveries()));
  app.post('/reset', (c) => {
    control.reset();
    return c.body(null, 204);
  });

  app.onError((error, c) => {
    if (error instanceof HTTPException) return c.json({ error: error.message }, error.status);
    if (error instanceof StripeApiError)
      return c.json({ error: error.error }, error.status === 404 ? 404 : 409);
    throw error;
  });
  return app;
};
