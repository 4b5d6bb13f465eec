import { SANDBOX_KEYS } from '@eventhorizon/sandbox/options';
import { startSandbox } from '@eventhorizon/sandbox/start-sandbox';
import { describe, expect, it } from 'vitest';
import { newHoldId } from '../testing/new-hold-id.ts';
import { openSale } from '../testing/open-sale.ts';
import { type TestApi, testApi } from '../testing/test-api.ts';
import { PASSWORD, refusalOf, signUp, testClient } from '../testing/test-client.ts';

/** Sells a ticket, fails in several ways, and returns every secret that went by. */
const sellAndFail = async (api: TestApi): Promise<Record<string, string>> => {
  const olga = await signUp(api.url, 'olga');
  const { eventId, areaId, adult } = await openSale(olga.api);
  const { visitorToken } = await testClient(api.url).visitors.create.mutate();
  const visitor = testClient(api.url, { 'x-visitor': visitorToken, cookie: `eh_visitor=${visitorToken}` });
  await visitor.holds.place.mutate({
    eventId,
    holdId: newHoldId(),
    selections: [{ kind: 'places', areaId, quantity: 1 }],
  });
  const holdId = newHoldId();
  const held = await olga.api.holds.place.mutate({
    eventId,
    holdId,
    selections: [{ kind: 'places', areaId, quantity: 1 }],
  });
  const { payment } = await olga.api.bookings.checkout.mutate({
    eventId,
    holdId,
    buyer: { name: 'Olga', email: 'olga@example.org' },
    lines: held.units.map(({ unitId }) => ({ unitId, ticketTypeId: adult })),
  });
  const wrong = `${PASSWORD}, but wrong`;
  await refusalOf(testClient(api.url).auth.logIn.mutate({ login: 'olga', password: wrong }));
  await refusalOf(testClient(api.url).auth.refresh.mutate({ refreshToken: `${olga.refreshToken}x` }));
  await fetch(`${api.url}/webhooks/stripe`, {
    method: 'POST',
    headers: { 'stripe-signature': 't=1,v1=planted-signature' },
    body: '{}',
  });
  const { refreshToken } = await testClient(api.url).auth.refresh.mutate({ refreshToken: olga.refreshToken });
  await olga.api.auth.logOut.mutate();
  return {
    PASSWORD,
    accessToken: olga.accessToken,
    refreshToken: olga.refreshToken,
    nextRefreshToken: refreshToken,
    visitorToken,
    clientSecret: payment.state === 'ready' ? payment.clientSecret : 'the payment is not ready',
    signature: 'planted-signature',
    sessionSecret: api.env.SESSION_SECRET,
    visitorSecret: api.env.VISITOR_SECRET,
    stripeKey: api.env.STRIPE_SECRET_KEY,
    webhookSecret: api.env.STRIPE_WEBHOOK_SECRET,
    privateKey: api.env.AUTH_SIGNING_KEY.d,
  };
};

const leaked = (logs: string, secrets: Record<string, string>): string[] =>
  Object.entries(secrets).flatMap(([name, secret]) => (logs.includes(secret) ? [name] : []));

const env = (sandboxUrl: string) => ({
  STRIPE_API_BASE: sandboxUrl,
  STRIPE_SECRET_KEY: SANDBOX_KEYS.stripeSecretKey,
  LOG_LEVEL: 'trace',
});

describe('logs', () => {
  it('hold no secret of a whole sale, at the most talkative level', async () => {
    await using sandbox = await startSandbox();
    await using api = await testApi({ env: env(sandbox.url) });
    const secrets = await sellAndFail(api);
    expect(secrets.clientSecret).toContain('_secret_');
    expect(leaked(api.logs(), secrets)).toEqual([]);
    expect(api.logs()).toContain('"authorization":"[redacted]"');
  });

  it('twin: without scrubbing the same sale leaves secrets in the log', async () => {
    await using sandbox = await startSandbox();
    await using api = await testApi({ env: env(sandbox.url), clean: (fields) => ({ ...fields }) });
    const secrets = await sellAndFail(api);
    expect(leaked(api.logs(), secrets)).toEqual(
      expect.arrayContaining(['accessToken', 'visitorToken', 'signature']),
    );
  });

  it('tell of a bug once, with its stack and the request id that the caller was given', async () => {
    await using api = await testApi({
      change: ({ users }) => ({
        users: { ...users, find: () => Promise.reject(new Error('planted bug')) },
      }),
    });
    const olga = await signUp(api.url, 'olga');
    const answer = await fetch(`${api.url}/trpc/profile.get`, {
      headers: { authorization: `Bearer ${olga.accessToken}`, 'x-request-id': 'my-request-1' },
    });
    expect(answer.status).toBe(500);
    expect(answer.headers.get('x-request-id')).toBe('my-request-1');
    const body = await answer.text();
    expect(body).toContain('my-request-1');
    expect(body).not.toMatch(/planted|stack|\.ts/);
    const lines = api
      .logs()
      .split('\n')
      .filter((line) => line.includes('planted bug'));
    expect(lines).toHaveLength(1);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      level: 'error',
      requestId: 'my-request-1',
      procedure: 'profile.get',
      err: { type: 'Error', message: 'planted bug' },
    });
  });
});
