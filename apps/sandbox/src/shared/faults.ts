import { z } from 'zod';
import { randomId } from './random-id.ts';

/**
 * What a switched call does instead of answering well. `before`: nothing is executed and nothing stored under an
 * idempotency key. `stored`: nothing is executed, the error is stored. `after`: executed, and the answer is lost.
 */
export const FAULT_MODES = {
  error_before: 'answers 500 before anything is executed',
  error_stored: 'executes nothing, and stores a 500 under the idempotency key',
  error_after: 'executes the call, but answers and stores a 500',
  reset_before: 'breaks the connection before anything is executed',
  reset_after: 'executes the call, then breaks the connection',
  timeout_before: 'never answers, and executes nothing',
  timeout_after: 'executes the call, and never answers',
  hold: 'takes the idempotency key, then waits for `release` before it executes and answers',
  limited: 'answers 429 as a rate limiter does',
  lock_timeout: 'answers 429 as Stripe does when an object is locked by another request',
} as const;
export type FaultMode = keyof typeof FAULT_MODES;

const modes = Object.keys(FAULT_MODES) as [FaultMode, ...FaultMode[]];

/** `calls`: `stripe.payment_intents.create`, `stripe.*` or `*`. `next`: how often at most. `rate`: 0 to 1 of the calls. */
export const faultRuleSchema = z.strictObject({
  calls: z.string().min(1),
  mode: z.enum(modes),
  next: z.int().min(1).optional(),
  rate: z.number().min(0).max(1).optional(),
});
export type FaultRule = z.infer<typeof faultRuleSchema>;
export type ActiveFault = FaultRule & { readonly id: string; readonly hits: number };

/** The switches that make chosen calls fail. */
export type Faults = {
  /** Adds a rule; the first rule that matches a call decides. Without `next` and `rate` every matching call is hit. */
  readonly add: (rule: FaultRule) => ActiveFault;
  readonly list: () => readonly ActiveFault[];
  readonly clear: () => void;
  /** Asks what shall happen to this call, and counts it. */
  readonly take: (call: string) => FaultMode | null;
  /** Waits until `release`; how `hold` waits. */
  readonly held: () => Promise<void>;
  /** How many calls wait right now. */
  readonly heldCount: () => number;
  readonly release: () => void;
};

const matches = (pattern: string, call: string): boolean =>
  pattern === call || pattern === '*' || (pattern.endsWith('.*') && call.startsWith(pattern.slice(0, -1)));

export const faultSwitches = (random: () => number): Faults => {
  let rules: ActiveFault[] = [];
  let waiting: (() => void)[] = [];
  return {
    add: (rule) => {
      const active = { ...faultRuleSchema.parse(rule), id: randomId('fault_', 8), hits: 0 };
      rules = [...rules, active];
      return active;
    },
    list: () => rules,
    clear: () => {
      rules = [];
    },
    take: (call) => {
      const hit = rules.find(
        (rule) =>
          matches(rule.calls, call) &&
          (rule.next === undefined || rule.hits < rule.next) &&
          (rule.rate === undefined || random() < rule.rate),
      );
      if (hit === undefined) return null;
      rules = rules.map((rule) => (rule.id === hit.id ? { ...rule, hits: rule.hits + 1 } : rule));
      return hit.mode;
    },
    held: () => new Promise((resolve) => waiting.push(resolve)),
    heldCount: () => waiting.length,
    release: () => {
      const released = waiting;
      waiting = [];
      for (const go of released) go();
    },
  };
};
