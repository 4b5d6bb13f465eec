import { paymentGatewayContract } from '../payments/payment-gateway.contract.ts';
import { fakeGateway } from './fake-gateway.ts';

paymentGatewayContract(async () => {
  const gateway = fakeGateway(() => new Date('2027-01-15T08:00:00Z'));
  return {
    gateway,
    pay: gateway.pay,
    decline: gateway.decline,
    process: gateway.process,
    slowRefund: () => gateway.slowRefunds(true),
    settleRefund: gateway.moveRefund,
    lose: (call) => gateway.fate(call, 'lost'),
    limit: (call) => gateway.fate(call, 'limited'),
    [Symbol.asyncDispose]: async () => undefined,
  };
});
