import type { EventStore } from '@eventhorizon/core/events/ports';
import { layoutOf } from '@eventhorizon/core/inventory/layout';
import type { EventWithLayout, LayoutSource } from '@eventhorizon/core/inventory/ports';
import { DomainError } from '@eventhorizon/core/shared/errors';
import type { EventId, SeatMapId } from '@eventhorizon/core/shared/ids';
import type { SeatMapStore } from '@eventhorizon/core/venues/ports';
import type { Seat } from '@eventhorizon/core/venues/seat-map';
import { LRUCache } from 'lru-cache';

export type LayoutSourceOptions = {
  readonly events: Pick<EventStore, 'find' | 'revisionOf'>;
  readonly seatMaps: Pick<SeatMapStore, 'seatsOf'>;
  /** Milliseconds of a clock that never goes back. */
  readonly monotonicMs?: () => number;
  /** Seats of all remembered maps and layouts, each; a seat takes about 300 bytes. */
  readonly maxSeats?: number;
  readonly maxEvents?: number;
  readonly checkAfterMs?: number;
};

type Remembered = { readonly value: EventWithLayout; checkedAtMs: number };

/**
 * Events and layouts from Mongo, remembered. `get` answers from memory at once and, when the last look is over a second old, looks for a
 * newer revision beside it: a warm hold waits for no Mongo read, also while Mongo is away, and Redis tells by the revision when
 * what it got was old. Seat maps never change, so a new revision of an event reads its seats from memory.
 */
export const mongoLayoutSource = ({
  events,
  seatMaps,
  monotonicMs = () => performance.now(),
  maxSeats = 500_000,
  maxEvents = 2_000,
  checkAfterMs = 1_000,
}: LayoutSourceOptions): LayoutSource => {
  const sized = { maxSize: maxSeats, sizeCalculation: (n: number) => Math.max(1, n) };
  const remembered = new LRUCache<EventId, Remembered>({
    max: maxEvents,
    maxSize: sized.maxSize,
    sizeCalculation: ({ value }) => sized.sizeCalculation(value.layout.seats.length),
  });
  const seats = new LRUCache<SeatMapId, readonly Seat[]>({
    maxSize: sized.maxSize,
    sizeCalculation: (list) => sized.sizeCalculation(list.length),
  });
  const loading = new Map<EventId, Promise<EventWithLayout>>();
  const loadingNext = new Map<EventId, Promise<EventWithLayout>>();
  const loadingSeats = new Map<SeatMapId, Promise<readonly Seat[]>>();
  const checking = new Set<EventId>();

  const seatsOf = async (seatMapId: SeatMapId): Promise<readonly Seat[]> =>
    seats.get(seatMapId) ??
    once(loadingSeats, seatMapId, async () => {
      const list = await seatMaps.seatsOf(seatMapId);
      seats.set(seatMapId, list);
      return list;
    });

  const load = async (eventId: EventId): Promise<EventWithLayout> => {
    const checkedAtMs = monotonicMs();
    const event = await events.find(eventId);
    if (event === null) {
      remembered.delete(eventId);
      throw new DomainError('thing.not_found', { thing: 'event' });
    }
    const known = remembered.peek(eventId);
    if (known !== undefined && known.value.event.revision >= event.revision) {
      known.checkedAtMs = checkedAtMs;
      return known.value;
    }
    const layout = layoutOf(event, event.seatMapId === null ? [] : await seatsOf(event.seatMapId));
    const value = { event, layout };
    remembered.set(eventId, { value, checkedAtMs });
    return value;
  };

  const loadOnce = (eventId: EventId): Promise<EventWithLayout> =>
    once(loading, eventId, () => load(eventId));

  /**
   * A read that began after the call: one under way may have been too early to see the change that the caller was told of, and
   * Redis would then never hear of it. Callers who come while one is under way share the next.
   */
  const refresh = (eventId: EventId): Promise<EventWithLayout> => {
    const running = loading.get(eventId);
    if (running === undefined) return loadOnce(eventId);
    return once(loadingNext, eventId, async () => {
      await running.catch(() => undefined);
      loadingNext.delete(eventId);
      return loadOnce(eventId);
    });
  };

  /** One small read; everything only when the revision moved. A failure leaves what is remembered, and the next `get` tries again. */
  const check = async (eventId: EventId, entry: Remembered): Promise<void> => {
    checking.add(eventId);
    try {
      const lookedAtMs = monotonicMs();
      if ((await events.revisionOf(eventId)) === entry.value.event.revision) entry.checkedAtMs = lookedAtMs;
      else await refresh(eventId);
    } catch {
      entry.checkedAtMs = monotonicMs();
    } finally {
      checking.delete(eventId);
    }
  };

  return {
    refresh,
    get: async (eventId) => {
      const entry = remembered.get(eventId);
      if (entry === undefined) return loadOnce(eventId);
      if (monotonicMs() - entry.checkedAtMs >= checkAfterMs && !checking.has(eventId))
        void check(eventId, entry);
      return entry.value;
    },
  };
};

/** Parallel calls for one key are one piece of work. */
const once = <K, V>(running: Map<K, Promise<V>>, key: K, work: () => Promise<V>): Promise<V> => {
  const already = running.get(key);
  if (already !== undefined) return already;
  const started = work().finally(() => {
    if (running.get(key) === started) running.delete(key);
  });
  running.set(key, started);
  return started;
};
