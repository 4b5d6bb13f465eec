import type { EventStatus } from '@eventhorizon/core/events/event';
import { type AvailabilitySnapshot, seatStateAt } from '@eventhorizon/core/inventory/availability';
import { availabilityView } from '@eventhorizon/core/inventory/availability-view';
import { layoutOf } from '@eventhorizon/core/inventory/layout';
import { liveId } from '@eventhorizon/core/inventory/live/live-message';
import type { ChangeBell } from '@eventhorizon/core/inventory/ports';
import { testEvent } from '@eventhorizon/core/inventory/testing/seated-event';
import { DomainError } from '@eventhorizon/core/shared/errors';
import type { EventId } from '@eventhorizon/core/shared/ids';
import { createHub, type HubOptions } from '../hub.ts';
import type { LiveCounts, LiveSink } from '../ports.ts';
import { manualTimers } from './manual-timers.ts';
import { testListener } from './test-listener.ts';

export type LiveWorldOptions = {
  readonly seats?: number;
  /** Another bell around the world's own, to switch its order off. */
  readonly hang?: (bell: ChangeBell) => ChangeBell;
} & Partial<HubOptions>;

type JoinOptions = {
  readonly address?: string | null;
  /** Another event, which changes as the world's own does. */
  readonly eventId?: EventId;
  /** What the hub sees of the listener's sink. */
  readonly through?: (sink: LiveSink) => LiveSink;
};

/** What is true of an event, as text: the same for the world and for a listener who knows it rightly. */
export const truthOf = (
  { epoch, version, seats }: Pick<AvailabilitySnapshot, 'epoch' | 'version' | 'seats'>,
  held: number | undefined,
  seatCount: number,
): string =>
  `${epoch}.${version} held ${held} ${Array.from({ length: seatCount }, (_, n) => seatStateAt(seats, n)[0]).join('')}`;

/** A hub over an event that the test changes, with a bell that the test may silence and time that it lets pass. */
export const liveWorld = ({
  seats: seatCount = 40,
  hang = (bell) => bell,
  ...change
}: LiveWorldOptions = {}) => {
  const event = testEvent();
  const seat = (n: number) => ({
    guid: `g${n}`,
    section: '',
    row: '1',
    number: `${n}`,
    category: 'A',
    x: n,
    y: 0,
  });
  const layout = layoutOf(
    event,
    Array.from({ length: seatCount }, (_, n) => ({ ...seat(n), accessible: false })),
  );
  const timers = manualTimers();
  const rings = new Set<() => void>();
  let states: number[] = Array.from({ length: seatCount }, () => 0);
  let [epochs, version, revision] = [1, 1, 1];
  let status: EventStatus = 'published';
  let [away, deaf] = [false, false];
  let onRead: () => void = () => undefined;
  const seen = { reads: 0, subscriptions: 0, encoded: 0, deltas: 0, snapshots: 0, listeners: 0, pace: 0 };
  const history = new Map<string, string>();

  const snapshot = (): AvailabilitySnapshot => {
    const bytes = new Uint8Array(Math.ceil(seatCount / 4));
    states.forEach((value, n) => {
      bytes[n >> 2] = (bytes[n >> 2] ?? 0) | (value << (6 - 2 * (n & 3)));
    });
    const of = (value: number) => states.filter((each) => each === value).length;
    const counts = [{ free: of(0), held: of(1), taken: of(2) + of(3) }];
    return { eventId: event.id, epoch: `e${epochs}`, version, revision, counts, seats: bytes };
  };
  const truth = (): string => {
    const now = snapshot();
    return truthOf(now, now.counts[0]?.held, seatCount);
  };
  const changed = (): void => {
    version += 1;
    history.set(liveId(snapshot()), truth());
    if (!deaf) for (const ring of rings) ring();
  };
  const bell: ChangeBell = {
    listen: async (_, ring) => {
      seen.subscriptions += 1;
      rings.add(ring);
      return () => void rings.delete(ring);
    },
  };
  const counts: LiveCounts = {
    listeners: (by) => {
      seen.listeners += by;
    },
    encoded: (kind) => {
      if (kind === 'delta') seen.encoded += 1;
      if (kind === 'snapshot') seen.snapshots += 1;
    },
    delta: () => {
      seen.deltas += 1;
    },
    delivered: () => undefined,
    slow: () => undefined,
    refused: () => undefined,
    pace: (ms) => {
      seen.pace = ms;
    },
  };
  const hub = createHub({
    bell: hang(bell),
    read: async () => {
      seen.reads += 1;
      if (status === 'draft') throw new DomainError('thing.not_found', { thing: 'event' });
      if (status === 'cancelled') throw new DomainError('sale.closed', { reason: 'cancelled' });
      if (away) throw new DomainError('service.unreachable', { retryAfterMs: 1 });
      const now = snapshot();
      const view = availabilityView(now, layout, new Date(0));
      const at = status;
      onRead();
      return { snapshot: now, message: () => ({ kind: 'snapshot', status: at, ...view }) };
    },
    lagMs: () => 0,
    timers,
    limits: { maxListeners: 1_000, maxPerAddress: 1_000, maxBacklogBytes: 4_096, dropAfterMs: 30_000 },
    counts,
    random: () => 0.5,
    onError: (error) => {
      throw error;
    },
    ...change,
  });
  history.set(liveId(snapshot()), truth());
  return {
    hub,
    seen,
    timers,
    truth,
    /** What was true at each id that there was. */
    history,
    subscribed: () => rings.size,
    /** Seats from `first` on are now in `value`. */
    set: (first: number, many: number, value: number) => {
      states = states.map((each, n) => (n >= first && n < first + many ? value : each));
      changed();
    },
    rebuild: () => {
      epochs += 1;
      version = 0;
      changed();
    },
    becomes: (next: EventStatus) => {
      status = next;
      revision += 1;
      changed();
    },
    goAway: (now: boolean) => {
      away = now;
    },
    deafen: (now: boolean) => {
      deaf = now;
    },
    onRead: (run: () => void) => {
      onRead = run;
    },
    /** A listener that has joined; `before`: it comes back with what that one had. */
    join: async (
      before?: ReturnType<typeof testListener>,
      { address = null, eventId = event.id, through = (sink) => sink }: JoinOptions = {},
    ) => {
      const listener = testListener(before);
      const sink = through(listener.sink);
      const leave = await hub.join({ eventId, lastId: listener.lastId(), address, sink });
      return { ...listener, leave };
    },
  };
};

/** What a listener holds for true; null when it knows nothing. */
export const beliefOf = ({ state }: Pick<ReturnType<typeof testListener>, 'state'>): string | null => {
  const known = state();
  return known === null ? null : truthOf(known, known.pools[0]?.held, known.seatCount);
};
