import type { Booking, BookingLine } from '../bookings/booking.ts';
import type { EventLayout } from '../inventory/layout.ts';
import { placeUnitId, type Unit, type UnitId } from '../inventory/unit.ts';
import { isDomainError } from '../shared/errors.ts';
import type { AreaId, EventId } from '../shared/ids.ts';
import type { SaleDeps } from './sale-deps.ts';

export type PlanRebookingDeps = Pick<SaleDeps, 'claims' | 'layouts' | 'mirror'>;

/** The lines as they can be served now; `moved`: labels of the units that are gone. */
export type Rebooking = { readonly lines: readonly BookingLine[]; readonly moved: readonly string[] };

/** Claims are asked for in pieces of this many units. */
const CHUNK = 500;

/**
 * Which units a booking that lost its claims can have now: each of its own that is free, and for each that is not another
 * of the same pool, the nearest seat or the lowest place, that nobody holds. null when not all can be served, or the event
 * as it is now does not have them any more: a unit without a claim may be one that is not there. Nothing is reserved: the
 * claims decide.
 */
export const planRebooking = async (deps: PlanRebookingDeps, booking: Booking): Promise<Rebooking | null> => {
  const { eventId } = booking;
  const layout = await layoutNow(deps, eventId);
  const own = booking.lines.map(({ unitId }) => unitId);
  if (layout === null || own.some((unitId) => layout.findUnit(unitId) === null)) return null;
  const gone = await claimedAmong(deps, eventId, own);
  if (gone.size === 0) return { lines: booking.lines, moved: [] };

  // A cold copy knows no holds; then only claims count.
  const held = (await deps.mirror.owners(eventId)) ?? new Map<UnitId, string>();
  const used = new Set<UnitId>(own.filter((unitId) => !gone.has(unitId)));
  const lines: BookingLine[] = [];
  for (const line of booking.lines) {
    if (!gone.has(line.unitId)) {
      lines.push(line);
      continue;
    }
    const lost = layout.findUnit(line.unitId);
    const other = lost === null ? null : await nearestFree(deps, layout, lost, held, used);
    if (other === null) return null;
    used.add(other.unitId);
    lines.push({ ...line, unitId: other.unitId, label: layout.labelOf(other) });
  }
  const moved = booking.lines.filter(({ unitId }) => gone.has(unitId)).map(({ label }) => label);
  return { lines, moved };
};

/** null: the event was deleted. */
const layoutNow = async ({ layouts }: PlanRebookingDeps, eventId: EventId): Promise<EventLayout | null> => {
  try {
    return (await layouts.refresh(eventId)).layout;
  } catch (error) {
    if (isDomainError(error, 'thing.not_found')) return null;
    throw error;
  }
};

const nearestFree = async (
  deps: PlanRebookingDeps,
  layout: EventLayout,
  lost: Unit,
  held: ReadonlyMap<UnitId, string>,
  used: ReadonlySet<UnitId>,
): Promise<Unit | null> => {
  const candidates = unitsLike(layout, lost).filter(({ unitId }) => !held.has(unitId) && !used.has(unitId));
  for (let at = 0; at < candidates.length; at += CHUNK) {
    const chunk = candidates.slice(at, at + CHUNK);
    const claimed = await claimedAmong(
      deps,
      layout.eventId,
      chunk.map(({ unitId }) => unitId),
    );
    const free = chunk.find(({ unitId }) => !claimed.has(unitId));
    if (free !== undefined) return free;
  }
  return null;
};

const claimedAmong = async (
  { claims }: PlanRebookingDeps,
  eventId: EventId,
  unitIds: readonly UnitId[],
): Promise<ReadonlySet<UnitId>> =>
  new Set((await claims.findOwners(eventId, unitIds)).map(({ unitId }) => unitId));

/** Every other unit of the pool, best first. An accessible seat is exchanged for such a one only, and no other is for it. */
const unitsLike = (layout: EventLayout, lost: Unit): Unit[] => {
  const pool = layout.poolOf(lost);
  if (pool.kind === 'places') {
    // The key of a pool of places is its area's id.
    return Array.from({ length: pool.capacity }, (_, n) => ({
      unitId: placeUnitId(pool.key as AreaId, n + 1),
      pool: pool.index,
      seat: -1,
      place: n + 1,
    }));
  }
  const from = layout.seats[lost.seat];
  if (from === undefined) return [];
  return layout.seats
    .map((seat, index) => ({ seat, index, far: (seat.x - from.x) ** 2 + (seat.y - from.y) ** 2 }))
    .filter(({ seat }) => seat.category === from.category && seat.accessible === from.accessible)
    .sort((a, b) => a.far - b.far)
    .map(({ index }) => layout.seatUnit(index));
};
