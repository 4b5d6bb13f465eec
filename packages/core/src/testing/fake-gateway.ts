import type { ProviderDispute } from '../payments/dispute.ts';
import type { GatewayResult, Intent, PaymentGateway, ProviderRefund } from '../payments/ports.ts';
import { DomainError } from '../shared/errors.ts';
import type { Money } from '../shared/money.ts';

export type GatewayCall = 'createIntent' | 'getIntent' | 'cancelIntent' | 'refund' | 'findRefund';

/**
 * How the next call of a kind ends. `lost`: it is done, and the answer never comes. `unreached`: it is not done, and no
 * answer comes. `rejected`: a definitive error, stored under the key. `limited`: not done.
 */
export type GatewayFate = 'lost' | 'unreached' | 'rejected' | 'limited';

export type FakeGateway = PaymentGateway & {
  readonly intents: ReadonlyMap<string, Intent>;
  readonly refunds: ReadonlyMap<string, ProviderRefund>;
  /** Kinds of calls in the order they came. */
  readonly calls: readonly GatewayCall[];
  /** The next call of this kind ends so; fates queue up. */
  readonly fate: (call: GatewayCall, fate: GatewayFate) => void;
  /** Runs before each call of this kind: the place for a latch. */
  readonly before: (call: GatewayCall, hook: (() => Promise<void>) | null) => void;
  /** What happens at the provider, on the buyer's side. */
  readonly pay: (intentId: string, received?: number, currency?: string) => Intent;
  readonly process: (intentId: string) => Intent;
  readonly decline: (intentId: string) => Intent;
  readonly cancelByHand: (intentId: string) => Intent;
  /** A refund that somebody makes in the provider's dashboard; null: the provider refuses, because so much is not left. */
  readonly refundByHand: (intentId: string, amount: number) => ProviderRefund | null;
  readonly moveRefund: (id: string, status: ProviderRefund['status']) => ProviderRefund;
  /** The next refunds are only accepted, not done: `pending`. */
  readonly slowRefunds: (slow: boolean) => void;
  /** Forgets all idempotency keys, as Stripe may after 24 h. */
  readonly forgetKeys: () => void;
  /** A delivery of what stands there now; its signature is `good`. */
  readonly delivery: (
    about: Intent | ProviderRefund | ProviderDispute,
    id?: string,
  ) => { rawBody: string; signature: string };
};

const DATES = ['createdAt', 'paidAt', 'answerBy'];

const contentOf = (about: Intent | ProviderRefund | ProviderDispute) => {
  if ('received' in about) return { type: `payment_intent.${about.status}`, about: 'intent', intent: about };
  return 'answerBy' in about
    ? { type: 'charge.dispute.updated', about: 'dispute', dispute: about }
    : { type: 'refund.updated', about: 'refund', refund: about };
};

type Stored = { readonly answer: GatewayResult<Intent> | GatewayResult<ProviderRefund> };

/** A payment provider in memory with Stripe's semantics as far as PaymentGateway tells of them, and fates on order. */
export const fakeGateway = (now: () => Date): FakeGateway => {
  const intents = new Map<string, Intent>();
  const refunds = new Map<string, ProviderRefund>();
  const keys = new Map<string, Stored>();
  const calls: GatewayCall[] = [];
  const fates = new Map<GatewayCall, GatewayFate[]>();
  const hooks = new Map<GatewayCall, () => Promise<void>>();
  let slow = false;
  let deliveries = 0;

  const intentOf = (id: string): Intent => {
    const intent = intents.get(id);
    if (intent === undefined) throw new Error(`the fake provider has no intent ${id}`);
    return intent;
  };
  const move = (id: string, change: Partial<Intent>): Intent => {
    const moved = { ...intentOf(id), ...change };
    intents.set(id, moved);
    return moved;
  };

  /** A stored answer names the intent or refund; it is told as it stands now, as the adapter does (see the contract). */
  const asItStands = <T>(answer: GatewayResult<T>): GatewayResult<T> => {
    if (answer.outcome !== 'ok') return answer;
    const { id } = answer.value as Intent | ProviderRefund;
    const now = intents.get(id) ?? refunds.get(id);
    return now === undefined ? answer : { outcome: 'ok', value: now as T };
  };

  const call = async <T>(
    kind: GatewayCall,
    key: string | null,
    work: () => GatewayResult<T>,
  ): Promise<GatewayResult<T>> => {
    calls.push(kind);
    await hooks.get(kind)?.();
    const fate = fates.get(kind)?.shift();
    if (fate === 'unreached') return { outcome: 'unknown', message: 'no answer' };
    if (fate === 'limited') return { outcome: 'limited', retryAfterMs: 1_000 };
    // What was stored under a key was an answer of the same kind of call: keys start with it.
    const stored = key === null ? undefined : (keys.get(key)?.answer as GatewayResult<T> | undefined);
    const answer: GatewayResult<T> =
      (stored && asItStands(stored)) ??
      (fate === 'rejected' ? { outcome: 'rejected', code: 'refused', message: 'refused for good' } : work());
    if (key !== null) keys.set(key, { answer: answer as Stored['answer'] });
    return fate === 'lost' ? { outcome: 'unknown', message: 'the answer was lost' } : answer;
  };

  /** As Stripe: refunds that did not fail never sum up to more than came in. */
  const leftOf = (intentId: string): number =>
    [...refunds.values()].reduce(
      (left, { intentId: of, status, amount }) =>
        of === intentId && (status === 'pending' || status === 'succeeded') ? left - amount.amount : left,
      intentOf(intentId).received,
    );
  const newRefund = (
    intentId: string,
    refundId: ProviderRefund['refundId'],
    amount: Money,
  ): ProviderRefund => {
    const refund: ProviderRefund = {
      id: `re_${refunds.size + 1}_${refundId ?? 'by_hand'}`,
      intentId,
      refundId,
      status: slow ? 'pending' : 'succeeded',
      amount,
      failureReason: null,
    };
    refunds.set(refund.id, refund);
    return refund;
  };

  const ok = <T>(value: T): GatewayResult<T> => ({ outcome: 'ok', value });
  const known = (id: string, work: () => Intent): GatewayResult<Intent> =>
    intents.has(id) ? ok(work()) : { outcome: 'rejected', code: 'resource_missing', message: `no ${id}` };

  return {
    intents,
    refunds,
    calls,
    fate: (kind, fate) => fates.set(kind, [...(fates.get(kind) ?? []), fate]),
    before: (kind, hook) => {
      if (hook === null) hooks.delete(kind);
      else hooks.set(kind, hook);
    },
    pay: (id, received, currency) => {
      const intent = intentOf(id);
      if (intent.status !== 'open' && intent.status !== 'processing')
        throw new Error(`${id} is ${intent.status}`);
      return move(id, {
        status: 'succeeded',
        received: received ?? intent.due.amount,
        due: { ...intent.due, currency: currency ?? intent.due.currency },
        paidAt: now(),
      });
    },
    process: (id) => move(id, { status: 'processing' }),
    decline: (id) => move(id, { status: 'open', lastDecline: { code: 'card_declined', message: 'no' } }),
    cancelByHand: (id) => move(id, { status: 'cancelled' }),
    refundByHand: (intentId, amount) =>
      amount > leftOf(intentId)
        ? null
        : newRefund(intentId, null, { amount, currency: intentOf(intentId).due.currency }),
    moveRefund: (id, status) => {
      const refund = refunds.get(id);
      if (refund === undefined) throw new Error(`the fake provider has no refund ${id}`);
      const moved = { ...refund, status, failureReason: status === 'failed' ? 'lost_or_stolen_card' : null };
      refunds.set(id, moved);
      return moved;
    },
    slowRefunds: (on) => {
      slow = on;
    },
    forgetKeys: () => keys.clear(),
    delivery: (about, id) => {
      deliveries += 1;
      const head = { id: id ?? `evt_fake_${deliveries}`, createdAt: now() };
      return { rawBody: JSON.stringify({ ...head, ...contentOf(about) }), signature: 'good' };
    },

    createIntent: ({ bookingId, attempt, due }) =>
      call('createIntent', `intent:${bookingId}:${attempt}`, () => {
        const id = `pi_${intents.size + 1}_${bookingId}`;
        const intent: Intent = {
          id,
          status: 'open',
          due,
          received: 0,
          clientSecret: `${id}_secret`,
          bookingId,
          paidAt: null,
          lastDecline: null,
        };
        intents.set(id, intent);
        return ok(intent);
      }),
    getIntent: (id) => call('getIntent', null, () => known(id, () => intentOf(id))),
    cancelIntent: (id) =>
      call('cancelIntent', null, () =>
        known(id, () => (intentOf(id).status === 'open' ? move(id, { status: 'cancelled' }) : intentOf(id))),
      ),
    refund: ({ refundId, intentId, amount }) =>
      call('refund', `refund:${refundId}`, () =>
        amount.amount > leftOf(intentId)
          ? { outcome: 'rejected', code: 'invalid_request_error', message: 'more than is left' }
          : ok(newRefund(intentId, refundId, amount)),
      ),
    findRefund: (_intentId, refundId) =>
      call('findRefund', null, () =>
        ok([...refunds.values()].find((refund) => refund.refundId === refundId) ?? null),
      ),
    readWebhook: async (rawBody, signature) => {
      if (signature !== 'good') throw new DomainError('webhook.bad_signature', {});
      return JSON.parse(rawBody, (key, value) =>
        DATES.includes(key) && typeof value === 'string' ? new Date(value) : value,
      );
    },
  };
};
