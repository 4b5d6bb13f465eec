import { DomainError } from '../shared/errors.ts';
import type { IdSource } from '../shared/ids.ts';
import { builtChanges } from './build-event.ts';
import { type Event, issuedPlaces } from './event.ts';
import { eventFaults } from './event-faults.ts';
import type { EventFields } from './event-input.ts';
import { hasRoomOpened } from './planned-room.ts';
import { refuseFrozen } from './refuse-frozen.ts';

/** Fields to change; absent ones stay. Lists (areas, ticket types, …) are given whole. */
export type EventChanges = Partial<EventFields>;

/**
 * The event after these changes, one revision further. A draft may change in everything. Once published, what buyers bought or
 * Redis counts by stays: the start (another date is told to buyers: reschedule-event.ts), venue, seat map, currency, the price categories and their order, which areas there are and how they
 * are priced, and every ticket type; capacities only rise (lowering one has to retire places: set-area-capacity). A waiting room
 * may come, change and go until it opens; from then on it is steered (waiting-room/steer-room.ts).
 * Throws `event.not_editable` naming the field, `event.frozen`, `input.invalid`, and `thing.not_found` for a foreign area or ticket type.
 */
export const decideUpdate = (event: Event, changes: EventChanges, now: Date, ids: IdSource): Event => {
  refuseFrozen(event, now);
  if (event.status === 'cancelled' || event.status === 'completed')
    throw new DomainError('event.not_editable', { status: event.status });
  const next: Event = {
    ...event,
    ...builtChanges(changes, event, ids),
    revision: event.revision + 1,
    updatedAt: now,
  };
  const field = event.status === 'draft' ? lockedInDraft(event, next) : lockedOnSale(event, next, now);
  if (field !== null) throw new DomainError('event.not_editable', { status: event.status, field });
  const issues = eventFaults(next);
  if (issues.length > 0) throw new DomainError('input.invalid', { issues });
  return next;
};

/** Retired places are claims: their area cannot go, nor be lowered, without claims being made or ended. */
const lockedInDraft = (before: Event, after: Event): string | null => {
  for (const area of before.areas.filter((each) => issuedPlaces(each) > each.capacity)) {
    const same = after.areas.find(({ id }) => id === area.id);
    if (same === undefined) return 'areas';
    if (same.capacity < area.capacity) return 'areas.capacity';
  }
  return lockedRoom(before, after);
};

/** A room that has opened, or that was taken away afterwards, is neither changed nor made anew. */
const lockedRoom = (before: Event, after: Event): string | null =>
  after.waitingRoom !== before.waitingRoom &&
  ((before.waitingRoom !== null && before.waitingRoom.opening !== null) || before.roomEndedAt !== undefined)
    ? 'waitingRoom'
    : null;

const lockedOnSale = (before: Event, after: Event, now: Date): string | null => {
  // Whoever bought has to be told, and may give the tickets back: rescheduleEvent does that.
  if (after.startsAt.at.getTime() !== before.startsAt.at.getTime()) return 'startsAt';
  if (after.venueId !== before.venueId) return 'venueId';
  if (after.seatMapId !== before.seatMapId) return 'seatMapId';
  if (after.currency !== before.currency) return 'currency';
  if (!sameList(before.priceCategories, after.priceCategories, ({ key }) => key)) return 'priceCategories';
  if (!sameList(before.areas, after.areas, ({ id, priceCategory }) => `${id} ${priceCategory}`))
    return 'areas';
  if (after.areas.some((area, i) => area.capacity < (before.areas[i]?.capacity ?? 0)))
    return 'areas.capacity';
  if (after.waitingRoom !== before.waitingRoom && hasRoomOpened(before, now)) return 'waitingRoom';
  const room = lockedRoom(before, after);
  if (room !== null) return room;
  const typesAfter = new Set(after.ticketTypes.map(({ id }) => id));
  if (before.ticketTypes.some(({ id }) => !typesAfter.has(id))) return 'ticketTypes';
  return null;
};

const sameList = <T>(before: readonly T[], after: readonly T[], by: (item: T) => string): boolean =>
  before.length === after.length && before.every((item, i) => by(item) === by(after[i] ?? item));
