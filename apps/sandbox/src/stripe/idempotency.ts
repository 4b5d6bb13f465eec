import { type BoundedMap, boundedMap } from '../shared/bounded-map.ts';
import { StripeApiError } from './api-error.ts';

/** What was answered first, kept to be answered again. */
export type StoredAnswer = {
  readonly status: number;
  readonly body: string;
  readonly requestId: string;
};

type Entry = {
  readonly fingerprint: string;
  readonly at: number;
  readonly answer: StoredAnswer | null;
};

/**
 * Stripe's idempotency keys (docs.stripe.com/api/idempotent_requests): the first answer under a key is stored once the
 * endpoint has begun to execute, whether it succeeded or failed, also a 500; the same request gets it again; other
 * parameters or another endpoint are refused; a key in use is a conflict. Keys are pruned after 24 hours.
 */
export type Idempotency = {
  /** Takes the key and returns null, or returns what is stored. Throws when the key is in use or was used otherwise. */
  readonly begin: (key: string, fingerprint: string) => StoredAnswer | null;
  readonly store: (key: string, answer: StoredAnswer) => void;
  /** Nothing was executed: the key is as good as new. */
  readonly forget: (key: string) => void;
};

const KEPT_MS = 24 * 60 * 60 * 1_000;

export const idempotency = (keep: number, now: () => number): Idempotency => {
  const entries: BoundedMap<Entry> = boundedMap(keep);
  return {
    begin: (key, fingerprint) => {
      const entry = entries.get(key);
      const pruned = entry !== undefined && now() - entry.at >= KEPT_MS;
      if (entry === undefined || pruned) {
        if (pruned) entries.delete(key);
        entries.set(key, { fingerprint, at: now(), answer: null });
        return null;
      }
      if (entry.fingerprint !== fingerprint)
        throw new StripeApiError(400, {
          type: 'idempotency_error',
          message: `Keys for idempotent requests can only be used with the same parameters they were first used with. Try using a key other than '${key}' if you meant to execute a different request.`,
        });
      if (entry.answer === null)
        throw new StripeApiError(
          409,
          {
            type: 'idempotency_error',
            code: 'idempotency_key_in_use',
            message: `There is currently another in-progress request using this Idempotent Key (that probably means you submitted twice, and the other request is still going through): ${key}. Please try again later.`,
          },
          { 'Stripe-Should-Retry': 'true' },
        );
      return entry.answer;
    },
    store: (key, answer) => {
      const entry = entries.get(key);
      if (entry !== undefined) entries.set(key, { ...entry, answer });
    },
    forget: (key) => entries.delete(key),
  };
};
