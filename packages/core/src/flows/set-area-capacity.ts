import { z } from 'zod';
import { resized } from '../events/build-event.ts';
import { type Area, type Event, issuedPlaces } from '../events/event.ts';
import { eventFaults } from '../events/event-faults.ts';
import { capacitySchema } from '../events/event-input.ts';
import { getEvent } from '../events/get-event.ts';
import type { EventStore } from '../events/ports.ts';
import { refuseFrozen } from '../events/refuse-frozen.ts';
import { saveEvent } from '../events/save-event.ts';
import { ownerKey } from '../inventory/claim.ts';
import type { ClaimStore, InventoryMirror } from '../inventory/ports.ts';
import { placeUnitId, type UnitId } from '../inventory/unit.ts';
import type { Clock } from '../shared/clock.ts';
import { DomainError, isDomainError } from '../shared/errors.ts';
import { idSchema } from '../shared/ids.ts';
import type { Outbox, UnitOfWork } from '../shared/unit-of-work.ts';

export const setAreaCapacityInput = z.object({
  organizationId: idSchema('org'),
  eventId: idSchema('evt'),
  areaId: idSchema('are'),
  /** Places for sale from now on. */
  capacity: capacitySchema,
});
export type SetAreaCapacity = z.output<typeof setAreaCapacityInput>;

type Deps = {
  readonly events: EventStore;
  readonly claims: Pick<ClaimStore, 'findOwners' | 'insertAll'>;
  readonly mirror: Pick<InventoryMirror, 'owners'>;
  readonly unitOfWork: UnitOfWork;
  readonly outbox: Outbox;
  readonly clock: Clock;
};

/** Places retired in one transaction, and looked up in one query: well inside the transaction's 2 s. */
const STEP = 2_000;
/** How often buyers may be faster than us before the organizer is asked to try again. */
const MAX_RACES = 5;
const RETIRED = ownerKey({ kind: 'retired' });

/**
 * Sets how many places of an area are for sale. Raising appends numbers. Lowering retires free places that nobody holds, the highest first:
 * claims owned by `retired`, made in the transaction that lowers the capacity, so that a place is sold or retired and never both.
 * Throws `event.capacity_below_claimed` when too few places are free; nothing was changed then, unless buyers took places while
 * a large lowering was under way: the capacity is then where it got to. Also `event.not_editable`, `event.frozen`,
 * `event.changed_meanwhile`, `input.invalid` above the limit of an event.
 */
export const setAreaCapacity = async (deps: Deps, command: SetAreaCapacity): Promise<Event> => {
  let { event, area } = await load(deps, command);
  if (command.capacity >= area.capacity || event.publishedAt === null)
    return saveWith(deps, event, resized(area, command.capacity), []);

  for (let races = 0; races < MAX_RACES; races += 1) {
    const free = await freePlaces(deps, event, area, area.capacity - command.capacity);
    if (free.length < area.capacity - command.capacity)
      throw new DomainError('event.capacity_below_claimed', {
        areaId: area.id,
        claimed: area.capacity - free.length,
      });
    try {
      while (area.capacity > command.capacity) {
        const retire = free.splice(0, STEP);
        area = { ...area, issued: issuedPlaces(area), capacity: area.capacity - retire.length };
        event = await saveWith(deps, event, area, retire);
      }
      return event;
    } catch (error) {
      if (!isDomainError(error, 'units.taken')) throw error;
      ({ event, area } = await load(deps, command));
    }
  }
  throw new DomainError('busy.try_again', { retryAfterMs: 1_000 });
};

const load = async (deps: Deps, command: SetAreaCapacity): Promise<{ event: Event; area: Area }> => {
  const event = await getEvent(deps, command);
  refuseFrozen(event, deps.clock.now());
  if (event.status === 'cancelled' || event.status === 'completed')
    throw new DomainError('event.not_editable', { status: event.status });
  const area = event.areas.find(({ id }) => id === command.areaId);
  if (area === undefined) throw new DomainError('thing.not_found', { thing: 'area' });
  return { event, area };
};

/** The event with this area changed, and the places it loses, in one transaction. */
const saveWith = async (deps: Deps, event: Event, area: Area, retire: readonly UnitId[]): Promise<Event> => {
  const now = deps.clock.now();
  const areas = event.areas.map((other) => (other.id === area.id ? area : other));
  const next: Event = { ...event, areas, revision: event.revision + 1, updatedAt: now };
  const issues = eventFaults(next);
  if (issues.length > 0) throw new DomainError('input.invalid', { issues });
  const change = { eventId: event.id, owner: RETIRED, person: null };
  await deps.unitOfWork.run(async (tx) => {
    await saveEvent(deps, tx, next, event, now);
    await deps.claims.insertAll(
      tx,
      retire.map((unitId) => ({ ...change, unitId, claimedAt: now })),
    );
    if (retire.length > 0)
      await deps.outbox.add(tx, [
        {
          job: 'inventory.follow_claims',
          payload: { ...change, change: 'mark', unitIds: [...retire] },
          dueAt: now,
        },
      ]);
  });
  return next;
};

/** Up to `wanted` places that are neither claimed nor held, from the highest number down. */
const freePlaces = async (deps: Deps, event: Event, area: Area, wanted: number): Promise<UnitId[]> => {
  // Only a courtesy to buyers who are choosing: a hold is no claim, and without a copy in Redis there are no holds.
  const held = await deps.mirror.owners(event.id);
  const free: UnitId[] = [];
  for (let top = issuedPlaces(area); top > 0 && free.length < wanted; top -= STEP) {
    const places = Array.from({ length: Math.min(STEP, top) }, (_, i) => placeUnitId(area.id, top - i));
    const claimed = new Set((await deps.claims.findOwners(event.id, places)).map(({ unitId }) => unitId));
    free.push(...places.filter((unitId) => !claimed.has(unitId) && held?.has(unitId) !== true));
  }
  return free.slice(0, wanted);
};
