import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestApi, testApi } from '../testing/test-api.ts';
import { bearer, PASSWORD, refusalOf, signUp, testClient } from '../testing/test-client.ts';

let api: TestApi;
beforeAll(async () => {
  api = await testApi({ env: { CORS_ORIGINS: 'https://shop.example' } });
}, 60_000);
afterAll(async () => api[Symbol.asyncDispose]());

const post = (path: string, body: string, headers: Record<string, string> = {}) =>
  fetch(`${api.url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
  });

describe('the API over HTTP', () => {
  it('registers, reads and changes a profile, refreshes, logs in again, and knows an ended session no more', async () => {
    const ada = await signUp(api.url, 'ada');
    expect(await ada.api.profile.get.query()).toMatchObject({ username: 'ada', name: null });
    await ada.api.profile.update.mutate({ name: 'Ada Lovelace' });
    const next = await testClient(api.url).auth.refresh.mutate({ refreshToken: ada.refreshToken });
    const again = testClient(api.url, bearer(next.accessToken));
    expect(await again.profile.get.query()).toMatchObject({ name: 'Ada Lovelace' });
    await again.auth.logOut.mutate();
    expect(await refusalOf(again.profile.get.query())).toMatchObject({ code: 'auth.session_ended' });
    const loggedIn = await testClient(api.url).auth.logIn.mutate({
      login: 'ADA@example.org',
      password: PASSWORD,
    });
    expect(loggedIn.account.username).toBe('ada');
  });

  it('tells a refusal by code, kind, details and message, with the status of its kind and no stack', async () => {
    const answer = await post('/trpc/auth.logIn', JSON.stringify({ login: 'nobody', password: PASSWORD }));
    expect(answer.status).toBe(401);
    const body = (await answer.json()) as { error: { data: object } };
    expect(body.error.data).toMatchObject({
      domain: { code: 'auth.bad_credentials', kind: 'unauthenticated', details: {} },
    });
    expect(JSON.stringify(body)).not.toMatch(/stack|node_modules/);
  });

  it('names every fault of an input with its place', async () => {
    const refused = await refusalOf(
      testClient(api.url).auth.register.mutate({ username: '!', email: 'x', password: 'short' }),
    );
    if (refused.code !== 'input.invalid') throw new Error(refused.code);
    expect(refused.details.issues.map(({ path }) => path).sort()).toEqual(['email', 'password', 'username']);
  });

  it('refuses a token that is forged, and says of an unknown procedure that there is none', async () => {
    const forged = testClient(api.url, bearer('eyJhbGciOiJub25lIn0.eyJzdWIiOiJ1c3IifQ.'));
    expect(await refusalOf(forged.profile.get.query())).toMatchObject({ code: 'auth.required' });
    expect((await fetch(`${api.url}/trpc/auth.becomeAdmin`)).status).toBe(404);
    expect((await fetch(`${api.url}/nothing/here`)).status).toBe(404);
  });

  it('answers one call a request: a batch is refused', async () => {
    const input = encodeURIComponent('{"0":{},"1":{}}');
    const batch = await fetch(`${api.url}/trpc/payments.config,payments.config?batch=1&input=${input}`);
    expect(batch.status).toBe(400);
  });

  it('limits bodies to 1 MiB, and those of seat maps to 32 MiB', async () => {
    const mebibytes = (n: number) => JSON.stringify({ content: 'x'.repeat(n * 1024 * 1024) });
    expect((await post('/trpc/auth.logIn', mebibytes(1))).status).toBe(413);
    expect((await post('/webhooks/stripe', mebibytes(1))).status).toBe(413);
    expect((await post('/trpc/venues.importSeatMap', mebibytes(2))).status).toBe(401);
    expect((await post('/trpc/venues.importSeatMap', mebibytes(32))).status).toBe(413);
  });

  it('gives every answer a request id, and keeps a sane one only', async () => {
    const idFor = async (wanted: string) =>
      (await fetch(`${api.url}/health/live`, { headers: { 'x-request-id': wanted } })).headers.get(
        'x-request-id',
      );
    expect(await idFor('abcd-1234')).toBe('abcd-1234');
    for (const odd of ['short', 'a b c d e f g h', 'x'.repeat(65), '{"json":true}'])
      expect(await idFor(odd)).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('lets only configured origins read answers in a browser, and sets the usual secure headers', async () => {
    const ask = (origin: string) => fetch(`${api.url}/health/live`, { headers: { origin } });
    const allowed = await ask('https://shop.example');
    expect(allowed.headers.get('access-control-allow-origin')).toBe('https://shop.example');
    expect((await ask('https://evil.example')).headers.get('access-control-allow-origin')).toBeNull();
    expect(allowed.headers.get('x-content-type-options')).toBe('nosniff');
    expect(allowed.headers.get('strict-transport-security')).toContain('max-age');
  });

  it('publishes the public halves of its keys and nothing of the private ones', async () => {
    for (const [path, jwk] of [
      ['/.well-known/jwks.json', api.env.AUTH_SIGNING_KEY],
      ['/.well-known/ticket-keys.json', api.env.TICKET_SIGNING_KEY],
    ] as const) {
      const text = await (await fetch(`${api.url}${path}`)).text();
      expect(JSON.parse(text)).toMatchObject({ keys: [{ kid: jwk.kid, x: jwk.x }] });
      expect(text).not.toContain(jwk.d);
    }
  });

  it('shows metrics on the internal port only, labelled by route template and outcome', async () => {
    await fetch(`${api.url}/api/v1/events/evt_01h455vb4pex5vsknk084sn02q/availability`);
    await fetch(`${api.url}/no/such/${'x'.repeat(50)}`);
    expect((await fetch(`${api.url}/metrics`)).status).toBe(404);
    const text = await (await fetch(`${api.internalUrl}/metrics`)).text();
    expect(text).toContain('route="/api/v1/events/:eventId/availability",status="404"');
    expect(text).toContain('procedure="availability.page",outcome="thing.not_found"');
    expect(text).toContain('route="unmatched"');
    expect(text).not.toMatch(/evt_|xxxx/);
    expect((await fetch(`${api.internalUrl}/health/ready`)).status).toBe(200);
  });
});

describe('the webhook', () => {
  const deliver = (body: string, secret: string) => {
    const at = Math.floor(Date.now() / 1_000);
    const mark = createHmac('sha256', secret).update(`${at}.${body}`).digest('hex');
    return post('/webhooks/stripe', body, { 'stripe-signature': `t=${at},v1=${mark}` });
  };
  const event = (id: string) =>
    JSON.stringify({
      id,
      object: 'event',
      type: 'customer.created',
      created: 1_790_000_000,
      api_version: null,
      data: { object: { id: 'cus_1', object: 'customer' } },
    });

  it('is acknowledged once it is stored, twice delivered or once', async () => {
    const secret = api.env.STRIPE_WEBHOOK_SECRET;
    const answers = [await deliver(event('evt_1'), secret), await deliver(event('evt_1'), secret)];
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect(await api.database.db.collection('outbox').countDocuments({ _id: 'webhook:evt_1' as never })).toBe(
      1,
    );
  });

  it('with a bad signature is 400 and stores nothing', async () => {
    expect((await deliver(event('evt_2'), 'whsec_other')).status).toBe(400);
    expect((await post('/webhooks/stripe', event('evt_2'))).status).toBe(400);
    expect(await api.database.db.collection('outbox').countDocuments({ _id: 'webhook:evt_2' as never })).toBe(
      0,
    );
  });

  it('is answered 5xx when storing fails, so that it is delivered again', async () => {
    await using broken = await testApi({
      change: ({ webhooks }) => ({
        webhooks: { ...webhooks, insert: () => Promise.reject(new Error('planted')) },
      }),
      env: { STRIPE_WEBHOOK_SECRET: api.env.STRIPE_WEBHOOK_SECRET },
    });
    const body = event('evt_3');
    const at = Math.floor(Date.now() / 1_000);
    const mark = createHmac('sha256', api.env.STRIPE_WEBHOOK_SECRET).update(`${at}.${body}`).digest('hex');
    const answer = await fetch(`${broken.url}/webhooks/stripe`, {
      method: 'POST',
      headers: { 'stripe-signature': `t=${at},v1=${mark}` },
      body,
    });
    expect(answer.status).toBe(500);
  });
});
