import type { Event } from '../events/event.ts';
import type { AvailabilitySnapshot } from '../inventory/availability.ts';
import { bestAvailable } from '../inventory/best-available.ts';
import type { EventLayout } from '../inventory/layout.ts';
import { strandsSeat } from '../inventory/strands-seat.ts';
import type { Pool, Unit } from '../inventory/unit.ts';
import { DomainError } from '../shared/errors.ts';
import type { Selection } from './place-hold-input.ts';
import type { Pick } from './ports.ts';

export type PicksMade = {
  readonly picks: readonly Pick[];
  /** The selection that each pick came from, for what is said when it fails. */
  readonly sources: readonly Selection[];
  readonly priceCategories: ReadonlySet<string>;
};

/** What an organizer may do that buyers may not: leave a single seat alone and, with `overLimit`, go above the limit per booking. */
export type House = { readonly overLimit: boolean };

/** Of one hold, whoever asks. */
const MOST_UNITS = 100;

type Of<K extends Selection['kind']> = Extract<Selection, { kind: K }>;

/** Seats and places of one kind are asked for in one pick: the script chooses from each pool once. */
const merged = (selections: readonly Selection[]): Selection[] => {
  const out: Selection[] = [];
  for (const next of selections) {
    const same = out.findIndex(
      (one) => one.kind === 'places' && next.kind === 'places' && one.areaId === next.areaId,
    );
    const before = out[same];
    if (before?.kind === 'places' && next.kind === 'places') {
      out[same] = { ...before, quantity: before.quantity + next.quantity, upTo: before.upTo && next.upTo };
    } else out.push(next);
  }
  const seats = out.filter((one) => one.kind === 'seats');
  if (seats.length < 2) return out;
  const unitIds = seats.flatMap((one) => one.unitIds);
  return [{ kind: 'seats', unitIds }, ...out.filter((one) => one.kind !== 'seats')];
};

const sold = (event: Event, pool: Pool): boolean =>
  event.ticketTypes.some((type) => type.prices[pool.priceCategory] !== undefined);

const unknown = (unitIds: readonly string[]) => new DomainError('units.unknown', { unitIds });

/**
 * What to ask the hold store for. Pure. `snapshot` may be null only when no selection needs one (places only).
 * Throws `units.unknown`, `hold.too_many`, `units.strands_seat`, `units.short`, `units.not_together`.
 */
export const makePicks = (
  event: Event,
  layout: EventLayout,
  selections: readonly Selection[],
  snapshot: AvailabilitySnapshot | null,
  seed: number,
  house: House | null = null,
): PicksMade => {
  const priceCategories = new Set<string>();
  const poolFor = (kind: Pool['kind'], key: string): Pool => {
    const pool = layout.pools.find((one) => one.kind === kind && one.key === key);
    if (pool === undefined || !sold(event, pool)) throw unknown([key]);
    priceCategories.add(pool.priceCategory);
    return pool;
  };

  const seats = ({ unitIds }: Of<'seats'>): Pick => {
    const distinct = [...new Set(unitIds)];
    const units = distinct
      .map(layout.findUnit)
      .filter((unit): unit is Unit => unit !== null && unit.seat >= 0);
    const known = new Set(units.map((unit) => unit.unitId));
    const strange = distinct.filter((unitId) => !known.has(unitId));
    if (strange.length > 0) throw unknown(strange);
    for (const unit of units) poolFor('seats', layout.poolOf(unit).key);
    const stranded = snapshot === null || house !== null ? [] : strandsSeat(layout, snapshot, units);
    if (stranded.length > 0) throw new DomainError('units.strands_seat', { unitIds: stranded });
    return { kind: 'blocks', candidates: [units] };
  };

  const best = ({ priceCategory, quantity, upTo, accessible, split }: Of<'best'>): Pick => {
    const pool = poolFor('seats', priceCategory).index;
    if (snapshot === null) throw new TypeError('best available needs a snapshot');
    const find = (size: number) =>
      bestAvailable(layout, snapshot, { pool, quantity: size, accessible, split }, seed);
    let found = find(quantity);
    if (upTo && found.candidates.length === 0 && found.free > 0) found = find(Math.min(quantity, found.free));
    if (found.candidates.length > 0) return { kind: 'blocks', candidates: found.candidates };
    if (found.free >= quantity) throw new DomainError('units.not_together', { wanted: quantity });
    throw new DomainError('units.short', { wanted: quantity, left: found.free });
  };

  const places = ({ areaId, quantity, upTo }: Of<'places'>): Pick => {
    const pool = poolFor('places', areaId);
    return { kind: 'places', pool: pool.index, areaId, quantity, atLeast: upTo ? 1 : quantity };
  };

  const sources = merged(selections);
  const wanted = sources.reduce(
    (sum, one) => sum + ('quantity' in one ? one.quantity : new Set(one.unitIds).size),
    0,
  );
  const limit = house?.overLimit === true ? MOST_UNITS : event.maxPerBooking;
  if (wanted > limit) throw new DomainError('hold.too_many', { limit });
  const picks = sources.map((one) =>
    one.kind === 'seats' ? seats(one) : one.kind === 'best' ? best(one) : places(one),
  );
  return { picks, sources, priceCategories };
};
