import type { Event } from '../events/event.ts';
import type { EventStore } from '../events/ports.ts';
import { saveEvent } from '../events/save-event.ts';
import { eventGate } from '../inventory/event-gate.ts';
import type { InventoryMirror, LayoutSource } from '../inventory/ports.ts';
import { DomainError, isDomainError } from '../shared/errors.ts';
import type { EventId } from '../shared/ids.ts';
import type { Outbox, UnitOfWork } from '../shared/unit-of-work.ts';
import { decideOpening, isDueToOpen } from './decide-opening.ts';
import type { NumberBlocks, RoomGlances, SeedSource } from './ports.ts';

export type OpenRoomDeps = {
  readonly layouts: LayoutSource;
  readonly mirror: Pick<InventoryMirror, 'setGate'>;
  readonly events: EventStore;
  readonly unitOfWork: UnitOfWork;
  readonly outbox: Outbox;
  readonly glances: RoomGlances;
  readonly numberBlocks: Pick<NumberBlocks, 'end'>;
  readonly seeds: SeedSource;
};

const ATTEMPTS = 5;

/**
 * Opens the room of an event if its time has come and nobody has: draws the seed and stores it, once, by compare-and-set on the event's
 * revision. One small write, whatever the size of the crowd. Returns the event as it stands.
 *
 * The crowd is what Redis says was given; with Redis empty what Mongo reserved, which is never less. Who gets a number between that look and the
 * write comes after the crowd, in the order of arrival.
 */
export const openRoom = async (deps: OpenRoomDeps, eventId: EventId): Promise<Event> => {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    const { event, layout } = await deps.layouts.refresh(eventId);
    const { now, nextNumber } = await deps.glances.refresh(eventId);
    if (event.waitingRoom === null || !isDueToOpen(event, now)) return event;
    const crowd = nextNumber ?? (await deps.numberBlocks.end(eventId));
    const opened = decideOpening(event, event.waitingRoom, { seed: deps.seeds.next(), crowd, now });
    try {
      await deps.unitOfWork.run((tx) => saveEvent(deps, tx, opened, event, now));
    } catch (error) {
      if (isDomainError(error, 'event.changed_meanwhile')) continue;
      throw error;
    }
    await deps.mirror.setGate(eventGate(opened, layout));
    return (await deps.layouts.refresh(eventId)).event;
  }
  throw new DomainError('busy.try_again', { retryAfterMs: 250 });
};

/** Opens rooms so that all who come to one process at the moment of the opening share one opening. */
export type RoomOpener = (eventId: EventId) => Promise<Event>;

export const createRoomOpener = (deps: OpenRoomDeps): RoomOpener => {
  const opening = new Map<EventId, Promise<Event>>();
  return (eventId) => {
    const running = opening.get(eventId) ?? openRoom(deps, eventId).finally(() => opening.delete(eventId));
    opening.set(eventId, running);
    return running;
  };
};
