import type Stripe from 'stripe';
import type { SandboxOptions } from '../options.ts';
import { boundedMap } from '../shared/bounded-map.ts';
import { randomId } from '../shared/random-id.ts';
import type { Timers } from '../shared/timers.ts';
import type { Delivery } from './delivery.ts';
import { postEvent } from './post-event.ts';
import { inOrder, type ReleaseOrder } from './release-order.ts';
import { NO_RULES, type WebhookRules, type WebhookRulesChange, webhookRulesSchema } from './webhook-rules.ts';

/** Delivers signed events to the endpoint, with retries, under the rules that a test sets. */
export type WebhookSender = {
  readonly publish: (event: Stripe.Event) => void;
  readonly rules: () => WebhookRules;
  readonly change: (rules: WebhookRulesChange) => WebhookRules;
  /** From now on events are kept back, until `release`. */
  readonly hold: () => void;
  /** Sends what is kept back, one after the other, each waiting for the answer to the one before; ends holding. */
  readonly release: (order: ReleaseOrder) => Promise<void>;
  /** Delivers an event once more, whatever became of it. False when it is not known any more. */
  readonly resend: (eventId: string) => Promise<boolean>;
  readonly deliveries: (limit?: number) => Delivery[];
  /** Resolves when nothing is on its way: all delivered, dropped, held or given up. */
  readonly idle: () => Promise<void>;
  readonly clear: () => void;
  readonly stop: () => void;
};

/** Connections to the endpoint at once. */
const AT_ONCE = 25;

export const webhookSender = (options: SandboxOptions, timers: Timers): WebhookSender => {
  const stopping = new AbortController();
  const deliveries = boundedMap<Delivery>(options.keep);
  let rules: WebhookRules = { ...NO_RULES, url: options.webhookUrl };
  let holding = false;
  let gathered: Delivery[] = [];
  let busy = 0;
  let queue: (() => Promise<void>)[] = [];
  const onWay = new Set<string>();
  let waitingForIdle: (() => void)[] = [];

  const change = (id: string, next: Partial<Delivery>): void => {
    const now = deliveries.get(id);
    if (now !== undefined) deliveries.set(id, { ...now, ...next });
  };
  const arrived = (id: string): void => {
    onWay.delete(id);
    if (onWay.size > 0) return;
    const resolved = waitingForIdle;
    waitingForIdle = [];
    for (const resolve of resolved) resolve();
  };
  const end = (id: string, status: Delivery['status']): void => {
    change(id, { status });
    arrived(id);
  };

  const attempt = async (id: string): Promise<void> => {
    const delivery = deliveries.get(id);
    if (delivery === undefined || rules.url === null) return end(id, 'failed');
    const made = await postEvent(delivery.event, rules.url, options, stopping.signal);
    if (stopping.signal.aborted) return;
    const attempts = [...(deliveries.get(id)?.attempts ?? []), made];
    change(id, { attempts });
    if (made.status !== null && made.status >= 200 && made.status < 300) return end(id, 'delivered');
    const pause = options.webhookRetryDelaysMs[attempts.length - 1];
    if (pause === undefined) return end(id, 'failed');
    timers.later(pause, () => enqueue(id));
  };

  const pump = (): void => {
    while (busy < AT_ONCE && queue.length > 0) {
      const next = queue.shift();
      if (next === undefined) return;
      busy += 1;
      next().finally(() => {
        busy -= 1;
        pump();
      });
    }
  };
  const enqueue = (id: string): void => {
    queue.push(() => attempt(id));
    pump();
  };

  const send = (delivery: Delivery, delayMs: number): void => {
    onWay.add(delivery.id);
    change(delivery.id, { status: 'waiting' });
    if (delayMs > 0) timers.later(delayMs, () => enqueue(delivery.id));
    else enqueue(delivery.id);
  };

  const gather = (delivery: Delivery, { reorderWindowMs, delayMs }: WebhookRules): void => {
    onWay.add(delivery.id);
    gathered.push(delivery);
    if (gathered.length > 1) return;
    timers.later(reorderWindowMs, () => {
      const newestFirst = gathered.reverse();
      gathered = [];
      for (const each of newestFirst) send(each, delayMs);
    });
  };

  const dropped = (): boolean => {
    if (rules.dropNext > 0) {
      rules = { ...rules, dropNext: rules.dropNext - 1 };
      return true;
    }
    return rules.dropRate > 0 && options.random() < rules.dropRate;
  };

  const made = (event: Stripe.Event, copy: number, status: Delivery['status']): Delivery => {
    const delivery: Delivery = { id: randomId('whd_', 16), event, copy, status, attempts: [] };
    deliveries.set(delivery.id, delivery);
    return delivery;
  };

  return {
    publish: (event) => {
      if (rules.url === null || !options.webhookEvents.includes(event.type)) return;
      const concerned = rules.types === null || rules.types.includes(event.type);
      const applied = concerned ? rules : { ...rules, ...NO_RULES };
      if (concerned && dropped()) {
        made(event, 1, 'dropped');
        return;
      }
      for (let copy = 1; copy <= applied.copies; copy += 1) {
        const delivery = made(event, copy, holding ? 'held' : 'waiting');
        if (holding) continue;
        if (applied.reorderWindowMs > 0) gather(delivery, applied);
        else send(delivery, applied.delayMs);
      }
    },
    rules: () => rules,
    change: (given) => {
      const parsed = webhookRulesSchema.parse(given);
      const set = Object.fromEntries(Object.entries(parsed).filter(([, value]) => value !== undefined));
      rules = { ...rules, ...set };
      return rules;
    },
    hold: () => {
      holding = true;
    },
    release: async (order) => {
      holding = false;
      const held = deliveries.newest().filter(({ status }) => status === 'held');
      for (const { id } of held) {
        onWay.add(id);
        change(id, { status: 'waiting' });
      }
      for (const { id } of inOrder(held.reverse(), order, options.random)) await attempt(id);
    },
    resend: async (eventId) => {
      const known = deliveries.newest().find(({ event }) => event.id === eventId);
      if (known === undefined) return false;
      const again = made(known.event, known.copy + 1, 'waiting');
      onWay.add(again.id);
      await attempt(again.id);
      return true;
    },
    deliveries: (limit) => deliveries.newest(limit),
    idle: () =>
      onWay.size === 0 ? Promise.resolve() : new Promise((resolve) => waitingForIdle.push(resolve)),
    clear: () => {
      deliveries.clear();
      gathered = [];
      queue = [];
      holding = false;
      rules = { ...NO_RULES, url: rules.url };
      for (const id of [...onWay]) arrived(id);
    },
    stop: () => {
      stopping.abort();
      queue = [];
      for (const id of [...onWay]) arrived(id);
    },
  };
};
