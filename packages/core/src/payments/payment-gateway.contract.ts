import { describe, expect, test } from 'vitest';
import type { BookingId, EventId, PaymentId, RefundId } from '../shared/ids.ts';
import { money } from '../shared/money.ts';
import type { CreateIntent, GatewayResult, PaymentGateway } from './ports.ts';

/** A gateway, and the provider's side of it: what buyers, banks and the network do. */
export type GatewayWorld = AsyncDisposable & {
  readonly gateway: PaymentGateway;
  readonly pay: (intentId: string) => void;
  readonly decline: (intentId: string) => void;
  readonly process: (intentId: string) => void;
  /** The next refund is only accepted: `pending`. */
  readonly slowRefund: () => void;
  readonly settleRefund: (id: string, result: 'succeeded' | 'failed') => void;
  /** The next call of this kind is done, and its answer never comes. */
  readonly lose: (call: 'createIntent' | 'cancelIntent' | 'refund') => void;
  /** The next call of this kind is answered "too many". */
  readonly limit: (call: 'createIntent' | 'refund') => void;
};

// The casts make the brands, which no constructor outside of an IdSource gives.
const ORDER: CreateIntent = {
  bookingId: 'bkg_01h455vb4pex5vsknk084sn02q' as BookingId,
  paymentId: 'pay_01h455vb4pex5vsknk084sn02q' as PaymentId,
  eventId: 'evt_01h455vb4pex5vsknk084sn02q' as EventId,
  attempt: 1,
  due: money(4_200, 'EUR'),
  description: 'EVT-7K2P9Q Night concert',
};
const REFUND = 'rfd_01h455vb4pex5vsknk084sn02q' as RefundId;
const OTHER_REFUND = 'rfd_01h455vb4pex5vsknk084sn02r' as RefundId;

const ok = <T>(result: GatewayResult<T>): T => {
  if (result.outcome !== 'ok') throw new Error(`expected ok, got ${JSON.stringify(result)}`);
  return result.value;
};

/** What every payment gateway promises, the real adapter and the one in memory alike. `open` gives a provider that has seen nothing yet. */
export const paymentGatewayContract = (open: () => Promise<GatewayWorld>): void => {
  const openIntent = async ({ gateway }: GatewayWorld): Promise<string> =>
    ok(await gateway.createIntent(ORDER)).id;
  const paidIntent = async (world: GatewayWorld): Promise<string> => {
    const id = await openIntent(world);
    world.pay(id);
    return id;
  };

  describe('a payment gateway', () => {
    test('a new intent is open, unpaid, knows its booking and has a client secret', async () => {
      await using world = await open();
      expect(ok(await world.gateway.createIntent(ORDER))).toMatchObject({
        status: 'open',
        due: ORDER.due,
        received: 0,
        clientSecret: expect.any(String),
        bookingId: ORDER.bookingId,
        paidAt: null,
        lastDecline: null,
      });
    });

    test('the same attempt finds the same intent, the next one makes another', async () => {
      await using world = await open();
      const id = await openIntent(world);
      expect(await openIntent(world)).toBe(id);
      expect(ok(await world.gateway.createIntent({ ...ORDER, attempt: 2 })).id).not.toBe(id);
    });

    test('an intent found by its attempt is told as it stands now', async () => {
      await using world = await open();
      const id = await paidIntent(world);
      expect(ok(await world.gateway.createIntent(ORDER))).toMatchObject({
        id,
        status: 'succeeded',
        received: 4_200,
      });
    });

    test('after a lost answer the same attempt finds what was made', async () => {
      await using world = await open();
      world.lose('createIntent');
      expect((await world.gateway.createIntent(ORDER)).outcome).toBe('unknown');
      const id = await openIntent(world);
      expect(ok(await world.gateway.getIntent(id)).status).toBe('open');
    });

    test('a limited call is not done', async () => {
      await using world = await open();
      world.limit('createIntent');
      expect(await world.gateway.createIntent(ORDER)).toEqual({
        outcome: 'limited',
        retryAfterMs: expect.any(Number),
      });
    });

    test('a paid intent says what came and when', async () => {
      await using world = await open();
      const intent = ok(await world.gateway.getIntent(await paidIntent(world)));
      expect(intent).toMatchObject({ status: 'succeeded', received: 4_200, paidAt: expect.any(Date) });
    });

    test('a decline leaves the intent open', async () => {
      await using world = await open();
      const id = await openIntent(world);
      world.decline(id);
      const intent = ok(await world.gateway.getIntent(id));
      expect(intent).toMatchObject({
        status: 'open',
        received: 0,
        lastDecline: { code: expect.any(String) },
      });
    });

    test('an intent that is not there is rejected', async () => {
      await using world = await open();
      expect((await world.gateway.getIntent('pi_none')).outcome).toBe('rejected');
    });

    test('cancelling ends an open intent, and is no error on a cancelled, a paid or a processing one', async () => {
      await using world = await open();
      const id = await openIntent(world);
      expect(ok(await world.gateway.cancelIntent(id)).status).toBe('cancelled');
      expect(ok(await world.gateway.cancelIntent(id)).status).toBe('cancelled');
      const paid = ok(await world.gateway.createIntent({ ...ORDER, attempt: 2 })).id;
      world.pay(paid);
      expect(ok(await world.gateway.cancelIntent(paid))).toMatchObject({
        status: 'succeeded',
        received: 4_200,
      });
      const processing = ok(await world.gateway.createIntent({ ...ORDER, attempt: 3 })).id;
      world.process(processing);
      expect(ok(await world.gateway.cancelIntent(processing)).status).toBe('processing');
    });

    test('a cancel whose answer was lost was done', async () => {
      await using world = await open();
      const id = await openIntent(world);
      world.lose('cancelIntent');
      expect((await world.gateway.cancelIntent(id)).outcome).toBe('unknown');
      expect(ok(await world.gateway.getIntent(id)).status).toBe('cancelled');
    });

    test('a refund is made once under its id, and told as it stands now', async () => {
      await using world = await open();
      const command = { refundId: REFUND, intentId: await paidIntent(world), amount: money(1_200, 'EUR') };
      world.slowRefund();
      const first = ok(await world.gateway.refund(command));
      expect(first).toMatchObject({
        refundId: REFUND,
        intentId: command.intentId,
        status: 'pending',
        amount: command.amount,
      });
      world.settleRefund(first.id, 'failed');
      const again = ok(await world.gateway.refund(command));
      expect(again).toMatchObject({ id: first.id, status: 'failed', failureReason: expect.any(String) });
    });

    test('a refund whose answer was lost is found by our id; one that was limited is not', async () => {
      await using world = await open();
      const intentId = await paidIntent(world);
      world.lose('refund');
      const command = { refundId: REFUND, intentId, amount: money(1_200, 'EUR') };
      expect((await world.gateway.refund(command)).outcome).toBe('unknown');
      expect(ok(await world.gateway.findRefund(intentId, REFUND))).toMatchObject({
        refundId: REFUND,
        status: 'succeeded',
      });
      world.limit('refund');
      expect((await world.gateway.refund({ ...command, refundId: OTHER_REFUND })).outcome).toBe('limited');
      expect(ok(await world.gateway.findRefund(intentId, OTHER_REFUND))).toBeNull();
    });

    test('a webhook with a signature that is none is refused', async () => {
      await using world = await open();
      await expect(world.gateway.readWebhook('{}', 'forged')).rejects.toMatchObject({
        code: 'webhook.bad_signature',
      });
    });
  });
};
