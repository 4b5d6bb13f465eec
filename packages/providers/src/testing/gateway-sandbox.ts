import type { CreateIntent, PaymentGateway } from '@eventhorizon/core/payments/ports';
import { addMs, type Clock } from '@eventhorizon/core/shared/clock';
import type { BookingId, EventId, PaymentId, RefundId } from '@eventhorizon/core/shared/ids';
import { money } from '@eventhorizon/core/shared/money';
import { SANDBOX_KEYS, type SandboxOptions } from '@eventhorizon/sandbox/options';
import { type RunningSandbox, startSandbox } from '@eventhorizon/sandbox/start-sandbox';
import { stripeGateway } from '../stripe/stripe-gateway.ts';

/** Ids that look like ours; the cast makes the brand, which no constructor outside of an IdSource gives. */
export const BOOKING = 'bkg_01h455vb4pex5vsknk084sn02q' as BookingId;
export const EVENT = 'evt_01h455vb4pex5vsknk084sn02q' as EventId;
export const PAYMENT = 'pay_01h455vb4pex5vsknk084sn02q' as PaymentId;
export const REFUND = 'rfd_01h455vb4pex5vsknk084sn02q' as RefundId;
export const OTHER_REFUND = 'rfd_01h455vb4pex5vsknk084sn02r' as RefundId;

export const DUE = money(4_200, 'EUR');
export const ORDER: CreateIntent = {
  bookingId: BOOKING,
  paymentId: PAYMENT,
  eventId: EVENT,
  attempt: 1,
  due: DUE,
  description: 'EVT-7K2P9Q · Night concert, 2 tickets',
};

export type GatewaySandbox = RunningSandbox & {
  readonly gateway: PaymentGateway;
  /** The same, with a time-out that a call which is never answered runs into soon. */
  readonly impatient: PaymentGateway;
  /** With another API key. */
  readonly stranger: PaymentGateway;
};

const NO_LIMIT = { globalPerSecond: null, endpointPerSecond: null };

/** A sandbox and the Stripe adapter that speaks to it over HTTP. `aheadMs`: how far the adapter's clock is ahead. */
export const gatewaySandbox = async (
  options: Partial<SandboxOptions> = {},
  aheadMs = 0,
): Promise<GatewaySandbox> => {
  const sandbox = await startSandbox({ rateLimit: NO_LIMIT, ...options });
  const clock: Clock = { now: () => addMs(new Date(), aheadMs) };
  const gateway = (secretKey: string, timeoutMs: number) =>
    stripeGateway({
      secretKey,
      apiBase: sandbox.url,
      webhookSecret: SANDBOX_KEYS.stripeWebhookSecret,
      timeoutMs,
      clock,
    });
  return {
    ...sandbox,
    gateway: gateway(SANDBOX_KEYS.stripeSecretKey, 20_000),
    impatient: gateway(SANDBOX_KEYS.stripeSecretKey, 300),
    stranger: gateway('sk_test_stolen_5dXf', 20_000),
  };
};

/** The value of a call that went well; anything else fails the test with its reason. */
export const okValue = <T>(result: { readonly outcome: string; readonly value?: T }): T => {
  if (result.outcome !== 'ok') throw new Error(`expected ok, got ${JSON.stringify(result)}`);
  // An `ok` result always carries its value; the union's discriminant is widened here for brevity of the tests.
  return result.value as T;
};
