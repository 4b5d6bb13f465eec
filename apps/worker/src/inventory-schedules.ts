import type { EventStore } from '@eventhorizon/core/events/ports';
import { type ReconcileEventDeps, reconcileEvent } from '@eventhorizon/core/inventory/reconcile-event';
import { type SweepEventDeps, sweepEvent } from '@eventhorizon/core/inventory/sweep-event';
import { addMs, type Clock, DAY_MS, MINUTE_MS, SECOND_MS } from '@eventhorizon/core/shared/clock';
import type { EventId } from '@eventhorizon/core/shared/ids';
import { messageOf } from './runtime/decide.ts';
import type { Log } from './runtime/ports.ts';
import type { ScheduledWork } from './runtime/worker.ts';

export type InventorySchedulesDeps = {
  readonly events: Pick<EventStore, 'idsNotOver'>;
  readonly inventory: ReconcileEventDeps & SweepEventDeps;
  readonly clock: Clock;
  readonly log: Log;
  readonly repaired: (marked: number, freed: number) => void;
};

/** A new event is swept this much later than published at most; its first holds live far longer. */
const KNOWN_FOR_MS = 5 * SECOND_MS;
/** Events swept at a time: one round trip to Redis each. */
const SWEEP_WIDTH = 20;

/** What is done again and again to what Redis knows of events on sale, whoever asks for nothing. */
export const createInventorySchedules = (deps: InventorySchedulesDeps): ScheduledWork[] => {
  const { inventory, log } = deps;
  const onSale = remembered(() => eventsOnSale(deps), KNOWN_FOR_MS);
  return [
    {
      name: 'sweep',
      everyMs: SECOND_MS,
      work: async (signal) => {
        const eventIds = [...(await onSale())];
        const failed: { eventId: EventId; reason: string }[] = [];
        const sweepOne = (eventId: EventId) =>
          sweepEvent(inventory, { eventId }).catch((error: unknown) =>
            failed.push({ eventId, reason: messageOf(error) }),
          );
        await Promise.all(
          Array.from({ length: SWEEP_WIDTH }, async () => {
            for (let id = eventIds.pop(); id !== undefined && !signal.aborted; id = eventIds.pop())
              await sweepOne(id);
          }),
        );
        // Once a round: with Redis away all of them fail, each second.
        if (failed.length > 0)
          log.warn({ events: failed.length, ...failed[0] }, 'not swept; the next round tries again');
      },
    },
    {
      name: 'reconcile',
      everyMs: MINUTE_MS,
      work: async (signal) => {
        for (const eventId of await onSale()) {
          if (signal.aborted) return;
          await reconcileOne(deps, eventId).catch((error: unknown) =>
            log.warn({ eventId, reason: messageOf(error) }, 'not reconciled; the next round tries again'),
          );
        }
      },
    },
  ];
};

const reconcileOne = async (
  { inventory, log, repaired }: InventorySchedulesDeps,
  eventId: EventId,
): Promise<void> => {
  const found = await reconcileEvent(inventory, { eventId });
  if (found === 'cold' || (found.marked + found.freed === 0 && !found.rebuilt)) return;
  log.warn({ eventId, ...found }, 'Redis had units or counts wrong; repaired');
  repaired(found.marked, found.freed);
};

/**
 * Published events that are still to come or still sold, and those that ceased to be so within a day: holds and bookings made in
 * the last moment end later. A festival that began a week ago and is still sold is among them.
 */
const eventsOnSale = ({ events, clock }: InventorySchedulesDeps): Promise<EventId[]> =>
  events.idsNotOver(addMs(clock.now(), -DAY_MS));

const remembered = <T>(read: () => Promise<T>, forMs: number): (() => Promise<T>) => {
  let known: { readonly value: Promise<T>; readonly at: number } | null = null;
  return () => {
    if (known !== null && performance.now() - known.at < forMs) return known.value;
    const value = read();
    known = { value, at: performance.now() };
    value.catch(() => {
      known = null;
    });
    return value;
  };
};
