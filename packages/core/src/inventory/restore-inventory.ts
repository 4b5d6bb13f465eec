import { DomainError } from '../shared/errors.ts';
import type { EventId } from '../shared/ids.ts';
import { eventGate } from './event-gate.ts';
import type { ClaimStore, InventoryMirror, LayoutSource, SpentTurns } from './ports.ts';
import { refuseClosed } from './refuse-closed.ts';

export type RestoreInventoryDeps = {
  readonly layouts: LayoutSource;
  readonly mirror: Pick<InventoryMirror, 'rebuild' | 'setGate'>;
  readonly claims: Pick<ClaimStore, 'streamOfEvent'>;
  readonly spentTurns: SpentTurns;
};

/** What a caller should wait while somebody else rebuilds. */
export const REBUILD_RETRY_MS = 500;

/**
 * Makes the copy in Redis whole again, from Mongo, if it is missing (or `force`). One process does the work; when it is
 * another one this throws `inventory.rebuilding`. `sale.closed` for events that sell nothing any more, or not yet: they
 * need no copy. `thing.not_found`.
 */
export const restoreInventory = async (
  { layouts, mirror, claims, spentTurns }: RestoreInventoryDeps,
  { eventId, force = false }: { readonly eventId: EventId; readonly force?: boolean },
): Promise<'rebuilt' | 'warm'> => {
  const { event, layout } = await layouts.refresh(eventId);
  refuseClosed(event.status);

  const truth = {
    claims: () => claims.streamOfEvent(eventId),
    turns: () => spentTurns.streamOfEvent(eventId),
  };
  const done = await mirror.rebuild(layout, eventGate(event, layout), truth, force);
  if (done === 'busy') throw new DomainError('inventory.rebuilding', { retryAfterMs: REBUILD_RETRY_MS });
  if (done === 'warm') return done;
  // The event may have changed between the read above and the rebuild's journal; that change was told to a cold copy. From
  // here on the copy is warm, so a later change tells it itself.
  const now = await layouts.refresh(eventId);
  if (now.event.revision !== event.revision) await mirror.setGate(eventGate(now.event, now.layout));
  return done;
};
