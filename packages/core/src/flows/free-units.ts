import { ownerKey } from '../inventory/claim.ts';
import type { UnitId } from '../inventory/unit.ts';
import type { BookingId, EventId, OfferId } from '../shared/ids.ts';
import type { Tx } from '../shared/unit-of-work.ts';
import { keepsUnits } from '../waitlist/offer-end.ts';
import { waitedPoolOf } from '../waitlist/pool-key.ts';
import type { SaleDeps } from './sale-deps.ts';

export type FreeUnitsDeps = Pick<
  SaleDeps,
  'outbox' | 'clock' | 'claims' | 'buyerLimits' | 'layouts' | 'saleEvents' | 'waitlistEntries'
>;

export const WAITLIST_OWNER = ownerKey({ kind: 'waitlist' });

type Release = {
  readonly eventId: EventId;
  readonly owner: BookingId | OfferId;
  /** Who they counted against; null: nobody. */
  readonly person: string | null;
  /** Of the owner's units only these; absent: all it has. */
  readonly unitIds?: readonly UnitId[];
  /** Names this release among all of its owner, so that its rows are written once. */
  readonly key: string;
};

/**
 * What a booking or an offer had is its own no more: claims, what they counted against the person's limit, the copy in Redis. The one
 * place through which sold or promised units come back, whatever the reason. Units that somebody waits for go to the waitlist in the
 * same transaction, so that no stranger sees them free in between; all others are on sale again. Returns what was freed.
 */
export const freeUnits = async (
  deps: FreeUnitsDeps,
  tx: Tx,
  release: Release,
): Promise<readonly UnitId[]> => {
  const { outbox, clock, claims, buyerLimits } = deps;
  const { eventId, owner, person, key } = release;
  const toList = await wantedUnits(deps, tx, release);
  const moved =
    toList.length === 0
      ? []
      : await claims.moveOwned(tx, eventId, owner, { owner: WAITLIST_OWNER, person: null }, toList);
  const onSale = await claims.deleteOwned(tx, eventId, owner, release.unitIds);
  const freed = [...moved, ...onSale];
  if (person !== null) await buyerLimits.lower(tx, eventId, person, freed.length);
  const dueAt = clock.now();
  if (moved.length > 0)
    await outbox.add(tx, [
      {
        job: 'inventory.settle_claims',
        payload: { eventId, from: owner, unitIds: moved },
        dueAt,
        key: `settle:${owner}:${key}`,
      },
      { job: 'waitlist.promote', payload: { eventId }, dueAt, key: `promote:${owner}:${key}` },
    ]);
  if (onSale.length > 0 || moved.length === 0)
    await outbox.add(tx, [
      {
        job: 'inventory.follow_claims',
        payload: { eventId, owner, person, change: 'free', unitIds: onSale },
        dueAt,
        key: `free:${owner}:${key}`,
      },
    ]);
  return freed;
};

/** Those of the units that somebody waits for, while the list is in use. */
const wantedUnits = async (
  { claims, layouts, saleEvents, waitlistEntries, clock }: FreeUnitsDeps,
  tx: Tx,
  { eventId, owner, unitIds }: Release,
): Promise<UnitId[]> => {
  const event = await saleEvents.find(eventId, tx);
  if (event === null || !keepsUnits(event, clock.now())) return [];
  const named = unitIds === undefined ? null : new Set(unitIds);
  const owned = (await claims.listOwned(eventId, owner, tx))
    .map(({ unitId }) => unitId)
    .filter((unitId) => named === null || named.has(unitId));
  if (owned.length === 0) return [];
  let { layout } = await layouts.get(eventId);
  if (owned.some((unitId) => layout.findUnit(unitId) === null))
    layout = (await layouts.refresh(eventId)).layout;
  const poolOf = new Map(owned.map((unitId) => [unitId, waitedPoolOf(layout, unitId)]));
  const pools = [...new Set(poolOf.values())].filter((pool) => pool !== null);
  const wanted = await waitlistEntries.wantedPools(tx, eventId, pools);
  return owned.filter((unitId) => wanted.has(poolOf.get(unitId) ?? ''));
};
