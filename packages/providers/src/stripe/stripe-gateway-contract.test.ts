import { paymentGatewayContract } from '@eventhorizon/core/payments/payment-gateway.contract';
import { gatewaySandbox } from '../testing/gateway-sandbox.ts';

const CALLS = {
  createIntent: 'stripe.payment_intents.create',
  cancelIntent: 'stripe.payment_intents.cancel',
  refund: 'stripe.refunds.create',
} as const;

paymentGatewayContract(async () => {
  const sandbox = await gatewaySandbox();
  const { control } = sandbox;
  return {
    gateway: sandbox.gateway,
    pay: (id) => void control.pay(id),
    decline: (id) => void control.pay(id, 'pm_card_chargeDeclined'),
    process: (id) => void control.pay(id, 'pm_usBankAccount_processing'),
    slowRefund: () => control.nextRefunds('pending'),
    settleRefund: (id, result) => void control.settleRefund(id, result),
    // Twice, because the SDK repeats a call once when its connection was broken.
    lose: (call) => void control.fail({ calls: CALLS[call], mode: 'reset_after', next: 2 }),
    limit: (call) => void control.fail({ calls: CALLS[call], mode: 'limited', next: 1 }),
    [Symbol.asyncDispose]: sandbox[Symbol.asyncDispose],
  };
});
