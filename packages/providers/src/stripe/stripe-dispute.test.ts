import { money } from '@eventhorizon/core/shared/money';
import { webhookReceiver } from '@eventhorizon/sandbox/testing/webhook-receiver';
import type Stripe from 'stripe';
import { expect, test } from 'vitest';
import { gatewaySandbox, ORDER, okValue } from '../testing/gateway-sandbox.ts';
import { toProviderDispute } from './stripe-dispute.ts';

const dispute = (status: string) =>
  ({
    id: 'du_1',
    payment_intent: 'pi_1',
    amount: 500,
    currency: 'jpy',
    reason: 'general',
    status,
  }) as Stripe.Dispute;

test.each([
  ['warning_needs_response', 'inquiry'],
  ['warning_under_review', 'inquiry'],
  ['warning_closed', 'won'],
  ['needs_response', 'open'],
  ['under_review', 'open'],
  ['appeal_needs_response', 'open'],
  ['appeal_under_review', 'open'],
  ['prevented', 'won'],
  ['won', 'won'],
  ['lost', 'lost'],
])('a dispute that Stripe calls %s is %s', (status, ours) => {
  expect(toProviderDispute(dispute(status))).toEqual({
    id: 'du_1',
    intentId: 'pi_1',
    status: ours,
    amount: money(500, 'JPY'),
    reason: 'general',
    answerBy: null,
  });
});

test('a status that is not known is no guess', () => {
  expect(() => toProviderDispute(dispute('settled'))).toThrow(RangeError);
});

test('a dispute of the sandbox is read as the SDK verifies it', async () => {
  await using receiver = await webhookReceiver();
  await using sandbox = await gatewaySandbox({ webhookUrl: receiver.url });
  const { id } = okValue(await sandbox.gateway.createIntent(ORDER));
  sandbox.control.pay(id);
  const made = sandbox.control.dispute(id, { amount: 1_000, reason: 'fraudulent', inquiry: false });
  await sandbox.control.webhooks.idle();
  const [told] = receiver.received.filter(({ event }) => event.type === 'charge.dispute.created');
  expect(await sandbox.gateway.readWebhook(told?.body ?? '', told?.signature ?? '')).toMatchObject({
    about: 'dispute',
    dispute: {
      id: made.id,
      intentId: id,
      status: 'open',
      amount: money(1_000, 'EUR'),
      reason: 'fraudulent',
      answerBy: new Date((made.evidence_details.due_by ?? 0) * 1_000),
    },
  });
});
