import { describe, expect, it } from 'vitest';
import { failureOf, stripeSandbox, TEN_EUROS } from '../testing/stripe-sandbox.ts';

const key = (idempotencyKey: string) => ({ idempotencyKey });

describe('idempotency keys', () => {
  it('the same key and body give the first answer again and create nothing', async () => {
    await using sandbox = await stripeSandbox();
    const first = await sandbox.stripe.paymentIntents.create(TEN_EUROS, key('a'));
    const second = await sandbox.stripe.paymentIntents.create(TEN_EUROS, key('a'));
    expect(second).toEqual(first);
    expect(first.lastResponse.headers['idempotent-replayed']).toBeUndefined();
    expect(second.lastResponse.headers['idempotent-replayed']).toBe('true');
    expect(second.lastResponse.headers['original-request']).toBe(first.lastResponse.requestId);
    expect(sandbox.control.intents()).toHaveLength(1);
  });

  it('without a key of the caller the same body creates twice', async () => {
    await using sandbox = await stripeSandbox();
    await sandbox.stripe.paymentIntents.create(TEN_EUROS);
    await sandbox.stripe.paymentIntents.create(TEN_EUROS);
    expect(sandbox.control.intents()).toHaveLength(2);
  });

  it('a replay tells how things stood the first time, not how they stand now', async () => {
    await using sandbox = await stripeSandbox();
    const { id } = await sandbox.stripe.paymentIntents.create(TEN_EUROS, key('a'));
    sandbox.control.pay(id);
    const replayed = await sandbox.stripe.paymentIntents.create(TEN_EUROS, key('a'));
    expect(replayed.status).toBe('requires_payment_method');
    expect(sandbox.control.intent(id)?.status).toBe('succeeded');
  });

  it('another body under the key is refused', async () => {
    await using sandbox = await stripeSandbox();
    await sandbox.stripe.paymentIntents.create(TEN_EUROS, key('a'));
    const error = await failureOf(
      sandbox.stripe.paymentIntents.create({ ...TEN_EUROS, amount: 999 }, key('a')),
    );
    expect(error).toMatchObject({ statusCode: 400, rawType: 'idempotency_error' });
  });

  it('another endpoint under the key is refused', async () => {
    await using sandbox = await stripeSandbox();
    const { id } = await sandbox.stripe.paymentIntents.create(TEN_EUROS, key('a'));
    const error = await failureOf(sandbox.stripe.paymentIntents.cancel(id, {}, key('a')));
    expect(error).toMatchObject({ statusCode: 400, rawType: 'idempotency_error' });
  });

  it('a 500 is stored and replayed, although the fault is gone', async () => {
    await using sandbox = await stripeSandbox();
    sandbox.control.fail({ calls: 'stripe.payment_intents.create', mode: 'error_stored', next: 1 });
    const first = await failureOf(sandbox.stripe.paymentIntents.create(TEN_EUROS, key('a')));
    const second = await failureOf(sandbox.stripe.paymentIntents.create(TEN_EUROS, key('a')));
    expect([first.statusCode, second.statusCode]).toEqual([500, 500]);
    expect(first.headers?.['idempotent-replayed']).toBeUndefined();
    expect(second.headers?.['idempotent-replayed']).toBe('true');
    expect(second.headers?.['stripe-should-retry']).toBe('false');
    expect(sandbox.control.intents()).toHaveLength(0);
    expect((await sandbox.stripe.paymentIntents.create(TEN_EUROS, key('b'))).status).toBe(
      'requires_payment_method',
    );
  });

  it('a 500 after execution is stored too, and leaves what was done', async () => {
    await using sandbox = await stripeSandbox();
    sandbox.control.fail({ calls: 'stripe.payment_intents.create', mode: 'error_after', next: 1 });
    await failureOf(sandbox.stripe.paymentIntents.create(TEN_EUROS, key('a')));
    expect(sandbox.control.intents()).toHaveLength(1);
    expect((await failureOf(sandbox.stripe.paymentIntents.create(TEN_EUROS, key('a')))).statusCode).toBe(500);
    expect(sandbox.control.intents()).toHaveLength(1);
  });

  it.each(['error_before', 'limited', 'lock_timeout'] as const)(
    '%s stores nothing: the key works afterwards',
    async (mode) => {
      await using sandbox = await stripeSandbox();
      sandbox.control.fail({ calls: 'stripe.payment_intents.create', mode, next: 1 });
      await failureOf(sandbox.stripe.paymentIntents.create(TEN_EUROS, key('a')));
      const made = await sandbox.stripe.paymentIntents.create(TEN_EUROS, key('a'));
      expect(made.lastResponse.headers['idempotent-replayed']).toBeUndefined();
    },
  );

  it('refused parameters store nothing: the key works with other parameters', async () => {
    await using sandbox = await stripeSandbox();
    const error = await failureOf(
      sandbox.stripe.paymentIntents.create({ ...TEN_EUROS, amount: 10 }, key('a')),
    );
    expect(error).toMatchObject({ statusCode: 400, code: 'amount_too_small' });
    expect((await sandbox.stripe.paymentIntents.create(TEN_EUROS, key('a'))).amount).toBe(1_000);
  });

  it('a refusal that comes of executing is stored: it is repeated when it is no longer true', async () => {
    await using sandbox = await stripeSandbox();
    const { id } = await sandbox.stripe.paymentIntents.create(TEN_EUROS);
    sandbox.control.pay(id, 'pm_usBankAccount_processing');
    const first = await failureOf(sandbox.stripe.paymentIntents.cancel(id, {}, key('c')));
    sandbox.control.settle(id, 'failed');
    const second = await failureOf(sandbox.stripe.paymentIntents.cancel(id, {}, key('c')));
    expect([first.payment_intent?.status, second.payment_intent?.status]).toEqual([
      'processing',
      'processing',
    ]);
    expect((await sandbox.stripe.paymentIntents.cancel(id)).status).toBe('canceled');
  });

  it('a decline is stored with the confirmation', async () => {
    await using sandbox = await stripeSandbox();
    const { id } = await sandbox.stripe.paymentIntents.create(TEN_EUROS);
    const confirm = () =>
      failureOf(
        sandbox.stripe.paymentIntents.confirm(id, { payment_method: 'pm_card_chargeDeclined' }, key('x')),
      );
    expect((await confirm()).charge).toBe((await confirm()).charge);
  });

  it('a request that is under way under the same key is a conflict, and the first one still succeeds', async () => {
    await using sandbox = await stripeSandbox();
    sandbox.control.fail({ calls: 'stripe.payment_intents.create', mode: 'hold', next: 1 });
    const first = sandbox.stripe.paymentIntents.create(TEN_EUROS, key('a'));
    while (sandbox.control.heldCalls() === 0) await new Promise(setImmediate);
    const second = await failureOf(sandbox.stripe.paymentIntents.create(TEN_EUROS, key('a')));
    expect(second).toMatchObject({ statusCode: 409, code: 'idempotency_key_in_use' });
    sandbox.control.releaseCalls();
    expect((await first).status).toBe('requires_payment_method');
    expect(sandbox.control.intents()).toHaveLength(1);
  });

  it('keys are pruned after 24 hours: then the same key creates anew', async () => {
    let now = Date.UTC(2026, 0, 1);
    await using sandbox = await stripeSandbox({ now: () => now });
    const first = await sandbox.stripe.paymentIntents.create(TEN_EUROS, key('a'));
    now += 24 * 3_600_000 - 1;
    expect((await sandbox.stripe.paymentIntents.create(TEN_EUROS, key('a'))).id).toBe(first.id);
    now += 1;
    expect((await sandbox.stripe.paymentIntents.create(TEN_EUROS, key('a'))).id).not.toBe(first.id);
  });
});
