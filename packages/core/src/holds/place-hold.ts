import type { AvailabilitySnapshot } from '../inventory/availability.ts';
import { eventGate } from '../inventory/event-gate.ts';
import type { AvailabilityCache, EventWithLayout } from '../inventory/ports.ts';
import { type RestoreInventoryDeps, restoreInventory } from '../inventory/restore-inventory.ts';
import { mix, seedOf } from '../inventory/spread.ts';
import { quoteFor } from '../pricing/quote.ts';
import { DomainError, isDomainError } from '../shared/errors.ts';
import { unreachable } from '../shared/state-machine.ts';
import { withoutStack } from '../shared/without-stack.ts';
import { type PresentedPass, turnClaim } from '../waiting-room/presented-pass.ts';
import { turnRefusal } from '../waiting-room/turn-refusal.ts';
import type { Hold, HoldOwner } from './hold.ts';
import { type House, makePicks, type PicksMade } from './make-picks.ts';
import type { PlaceHoldInput } from './place-hold-input.ts';
import type { HoldStore, PlaceHoldOutcome } from './ports.ts';

export type PlaceHoldDeps = RestoreInventoryDeps & {
  readonly holds: Pick<HoldStore, 'place' | 'find'>;
  readonly availability: AvailabilityCache;
};

export type PlaceHoldCommand = PlaceHoldInput & {
  readonly owner: HoldOwner;
  /** Of no use where there is no waiting room; absent: none. */
  readonly presented?: PresentedPass;
  /** Set when an organizer holds for somebody else: at any time, past any waiting room, and the limit per person is kept when it is sold. */
  readonly house?: House;
};

/** Each attempt but the first costs up to three round trips; racers for the very last seats get a clean refusal after these. */
const ATTEMPTS = 5;

/** What ends the attempts, as the caller is told. Outcomes that another attempt can mend are not here. */
const refusal = (
  outcome: Exclude<PlaceHoldOutcome, { outcome: 'held' | 'stale' | 'cold' }>,
  { event }: EventWithLayout,
  { sources }: PicksMade,
): DomainError => {
  switch (outcome.outcome) {
    case 'taken':
      return new DomainError('units.taken', { unitIds: outcome.unitIds });
    case 'short': {
      const source = sources[outcome.pick];
      const wanted = source !== undefined && 'quantity' in source ? source.quantity : 1;
      return new DomainError('units.short', { wanted, left: outcome.left });
    }
    case 'limit':
      return new DomainError('hold.limit', { limit: event.maxPerPerson, have: outcome.have });
    case 'not_on_sale':
      return new DomainError('sale.closed', { reason: outcome.reason });
    case 'no_turn':
      return turnRefusal(outcome.reason, outcome.leftMs);
    case 'id_in_use':
      return new DomainError('hold.id_in_use', {});
    default:
      return unreachable(outcome);
  }
};

/** The layout was older than Redis, or Redis has not heard of its newest revision yet. */
const catchUp = async (deps: PlaceHoldDeps, { event: used }: EventWithLayout): Promise<void> => {
  const { event, layout } = await deps.layouts.refresh(used.id);
  if (event.revision === used.revision) await deps.mirror.setGate(eventGate(event, layout));
};

/**
 * Takes a hold of all that is selected, or throws: `units.taken`, `units.short`, `units.not_together`, `units.strands_seat`,
 * `units.unknown`, `hold.limit`, `hold.too_many`, `hold.id_in_use`, `sale.closed`, `thing.not_found`, `busy.try_again`,
 * `inventory.rebuilding`; with a waiting room also those of turn-refusal.ts. Asked again with the same hold id and owner it answers the hold that stands.
 *
 * Budget of a warm hold: one round trip to Redis, nothing from Mongo. Choosing seats looks at a snapshot that this process
 * has anyway (at most 250 ms old); when racers were faster, it is read anew, a bounded number of times.
 */
export const placeHold = async (deps: PlaceHoldDeps, command: PlaceHoldCommand): Promise<Hold> => {
  const { eventId, holdId, owner, selections, house, presented = { is: 'none' } } = command;
  // Seats that a buyer names are looked at for single ones beside them.
  const needsSnapshot = selections.some(({ kind }) => kind === 'best' || (kind === 'seats' && !house));
  let refresh = false;

  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    const known = await deps.layouts.get(eventId);
    const { event, layout } = known;
    let snapshot: AvailabilitySnapshot | null = null;
    if (needsSnapshot) {
      const page = await (refresh ? deps.availability.refresh(eventId) : deps.availability.get(eventId));
      if (page === null) {
        await restoreInventory(deps, { eventId });
        refresh = true;
        continue;
      }
      snapshot = page.snapshot;
    }

    let made: PicksMade;
    try {
      made = makePicks(event, layout, selections, snapshot, mix(seedOf(holdId), attempt), house);
    } catch (error) {
      // A neighbour may have been taken since the snapshot; nobody is refused for a seat that is not alone any more.
      if (!refresh && isDomainError(error, 'units.strands_seat')) {
        refresh = true;
        continue;
      }
      // Refused here, from memory. A repeated call must still find its hold, and old memory must not decide.
      const standing = await deps.holds.find(eventId, holdId, owner);
      if (standing !== null) return standing;
      const now = snapshot ?? (await deps.availability.get(eventId))?.snapshot;
      if (now === undefined || now.revision <= event.revision) throw error;
      await catchUp(deps, known);
      continue;
    }

    const placed = await deps.holds.place({
      holdId,
      eventId,
      revision: event.revision,
      owner,
      ttlMs: event.holdTtlMs,
      maxPerPerson: house ? Number.MAX_SAFE_INTEGER : event.maxPerPerson,
      ...(house && { anyTime: true }),
      picks: made.picks,
      quote: quoteFor(event, made.priceCategories),
      turn: house ? null : turnClaim(event, presented),
    });
    if (placed.outcome === 'held') return placed.hold;
    if (placed.outcome === 'cold') await restoreInventory(deps, { eventId });
    else if (placed.outcome === 'stale') await catchUp(deps, known);
    else {
      const chosenByUs = placed.outcome === 'taken' && made.sources[placed.pick]?.kind === 'best';
      // When a house is full this is most of what is answered, and a stack would be most of what it costs.
      if (!chosenByUs || attempt === ATTEMPTS) throw withoutStack(() => refusal(placed, known, made));
    }
    refresh = true;
  }
  throw new DomainError('busy.try_again', { retryAfterMs: 250 });
};
