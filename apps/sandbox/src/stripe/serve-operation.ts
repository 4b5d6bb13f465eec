import type { HttpBindings } from '@hono/node-server';
import type { Context } from 'hono';
import { neverAnswer, resetConnection } from '../shared/broken-connection.ts';
import type { FaultMode, Faults } from '../shared/faults.ts';
import { parseForm } from '../shared/form-body.ts';
import { randomId } from '../shared/random-id.ts';
import type { TokenBucket } from '../shared/token-bucket.ts';
import { invalidRequest, lockTimeout, rateLimited, StripeApiError, serverError } from './api-error.ts';
import { callerOf } from './authenticate-caller.ts';
import type { StripeBackend } from './backend.ts';
import type { Idempotency, StoredAnswer } from './idempotency.ts';
import type { Operation } from './operations.ts';
import { readParams } from './params.ts';

export type StripeEnv = { Bindings: HttpBindings };
type StatusCode = 200 | 400 | 401 | 402 | 404 | 409 | 429 | 500;

const errorAnswer = (error: StripeApiError, requestId: string): StoredAnswer => ({
  status: error.status,
  body: JSON.stringify({
    error: { ...error.error, request_log_url: `https://dashboard.stripe.com/test/logs/${requestId}` },
  }),
  requestId,
});

/** The switches that act before the endpoint begins; null: go on. */
const failBefore = async (mode: FaultMode | null, bindings: HttpBindings): Promise<Response | null> => {
  if (mode === 'limited') throw rateLimited('global-rate');
  if (mode === 'lock_timeout') throw lockTimeout();
  if (mode === 'error_before') throw serverError(true);
  if (mode === 'reset_before') return resetConnection(bindings);
  if (mode === 'timeout_before') return neverAnswer(bindings);
  return null;
};

const failAfter = async (mode: FaultMode | null, bindings: HttpBindings): Promise<Response | null> => {
  if (mode === 'reset_after') return resetConnection(bindings);
  if (mode === 'timeout_after') return neverAnswer(bindings);
  return null;
};

export type Serving = {
  readonly backend: StripeBackend;
  readonly faults: Faults;
  readonly keys: Idempotency;
  readonly global: TokenBucket;
};

/** Once execution begins, whatever comes out is stored under the key: an error like a success. */
const execute = <P>(
  { backend }: Serving,
  operation: Operation<P>,
  call: Parameters<Operation<P>['execute']>[1],
  mode: FaultMode | null,
  requestId: string,
): StoredAnswer => {
  try {
    if (mode === 'error_stored') throw serverError(false);
    const body = operation.execute(backend, call);
    if (mode === 'error_after') throw serverError(false);
    return { status: 200, body: JSON.stringify(body), requestId };
  } catch (error) {
    if (error instanceof StripeApiError) return errorAnswer(error, requestId);
    throw error;
  }
};

/** Serves one request: caller, limits, switches, idempotency key, parameters, execution; in Stripe's order. */
export const serveOperation = async <P>(
  serving: Serving,
  endpoint: TokenBucket,
  operation: Operation<P>,
  c: Context<StripeEnv>,
): Promise<Response> => {
  const { backend, faults, keys, global } = serving;
  const requestId = randomId('req_', 14);
  const key = operation.method === 'POST' ? (c.req.header('idempotency-key') ?? null) : null;
  c.header('Request-Id', requestId);
  c.header('Content-Type', 'application/json');
  c.header('Stripe-Version', c.req.header('stripe-version') ?? '');
  if (key !== null) c.header('Idempotency-Key', key);
  const answer = ({ status, body }: StoredAnswer) => c.body(body, status as StatusCode);
  try {
    const raw = operation.method === 'POST' ? await c.req.text() : new URL(c.req.url).search.slice(1);
    const form = parseForm(raw);
    const caller = callerOf(backend.options.keys, c.req.header('authorization'), form, operation.publishable);
    if (caller === 'secret') {
      // Browsers are not counted: the limit is the account's, and a rush of buyers is not the account's doing.
      if (!global.has()) throw rateLimited('global-rate');
      if (!endpoint.has()) throw rateLimited('endpoint-rate');
      global.take();
      endpoint.take();
    }
    const mode = faults.take(`stripe.${operation.name}`);
    const broken = await failBefore(mode, c.env);
    if (broken !== null) return broken;
    if (key !== null && key.length > 255)
      throw invalidRequest('An idempotency key is at most 255 characters long.');
    if (key !== null) {
      const sorted = [...new URLSearchParams(raw)].map((pair) => pair.join('=')).sort();
      const stored = keys.begin(key, [c.req.path, ...sorted].join('&'));
      if (stored !== null) {
        c.header('Idempotent-Replayed', 'true');
        c.header('Original-Request', stored.requestId);
        if (stored.status >= 500) c.header('Stripe-Should-Retry', 'false');
        return (await failAfter(mode, c.env)) ?? answer(stored);
      }
    }
    const result = await begin(serving, operation, c, { form, caller, key, mode, requestId });
    const lost = await failAfter(mode, c.env);
    if (lost !== null) return lost;
    if (result.status >= 500) c.header('Stripe-Should-Retry', 'false');
    return answer(result);
  } catch (error) {
    if (!(error instanceof StripeApiError)) throw error;
    for (const [name, value] of Object.entries(error.headers)) c.header(name, value);
    return answer(errorAnswer(error, requestId));
  }
};

type Begun = {
  readonly form: ReturnType<typeof parseForm>;
  readonly caller: 'secret' | 'publishable';
  readonly key: string | null;
  readonly mode: FaultMode | null;
  readonly requestId: string;
};

/** From the moment the key is taken: a refused parameter gives the key back, anything later is stored under it. */
const begin = async <P>(
  serving: Serving,
  operation: Operation<P>,
  c: Context<StripeEnv>,
  { form, caller, key, mode, requestId }: Begun,
): Promise<StoredAnswer> => {
  const { keys, faults } = serving;
  try {
    if (mode === 'hold') await faults.held();
    const params = readParams(operation.params, form);
    operation.check?.(params);
    const call = { params, id: c.req.param('id') ?? '', caller, cause: { requestId, idempotencyKey: key } };
    const result = execute(serving, operation, call, mode, requestId);
    if (key !== null) keys.store(key, result);
    return result;
  } catch (error) {
    if (key !== null) keys.forget(key);
    throw error;
  }
};
