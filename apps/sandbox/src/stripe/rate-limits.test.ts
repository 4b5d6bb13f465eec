import { expect, it } from 'vitest';
import { failureOf, stripeSandbox, TEN_EUROS } from '../testing/stripe-sandbox.ts';

it('requests above the limit are answered 429 with the reason, and work again when a second has passed', async () => {
  let now = 0;
  const rateLimit = { globalPerSecond: 3, endpointPerSecond: 2 };
  await using sandbox = await stripeSandbox({ rateLimit, now: () => now });
  const create = () => sandbox.stripe.paymentIntents.create(TEN_EUROS);
  const { id } = await create();
  await create();
  const endpoint = await failureOf(create());
  expect(endpoint).toMatchObject({ statusCode: 429, code: 'rate_limit' });
  expect(endpoint.headers?.['stripe-rate-limited-reason']).toBe('endpoint-rate');
  await sandbox.stripe.paymentIntents.retrieve(id);
  const global = await failureOf(sandbox.stripe.paymentIntents.retrieve(id));
  expect(global.headers?.['stripe-rate-limited-reason']).toBe('global-rate');
  now += 1_000;
  await create();
  expect(sandbox.control.intents()).toHaveLength(3);
});

it('browsers do not use up the limit of the account', async () => {
  await using sandbox = await stripeSandbox({
    rateLimit: { globalPerSecond: 1, endpointPerSecond: 1 },
    now: () => 0,
  });
  const { id, client_secret: secret } = await sandbox.stripe.paymentIntents.create(TEN_EUROS);
  const read = () => sandbox.browser.paymentIntents.retrieve(id, { client_secret: secret ?? '' });
  await Promise.all([read(), read(), read()]);
});

it('without a limit the same rush is served', async () => {
  await using sandbox = await stripeSandbox({ now: () => 0 });
  await Promise.all(Array.from({ length: 50 }, () => sandbox.stripe.paymentIntents.create(TEN_EUROS)));
  expect(sandbox.control.intents()).toHaveLength(50);
});
