import type { LayoutSource } from '../inventory/ports.ts';
import { DomainError } from '../shared/errors.ts';
import type { Hold, HoldOwner } from './hold.ts';
import { holdRefusal } from './hold-refusals.ts';
import type { HoldRefInput } from './place-hold-input.ts';
import type { HoldStore } from './ports.ts';

export type ExtendHoldDeps = {
  readonly holds: Pick<HoldStore, 'extend'>;
  readonly layouts: Pick<LayoutSource, 'get'>;
};

/**
 * Gives a hold the event's whole hold time again, once. Throws `hold.gone`, `hold.extended_already` (which a repeated call
 * sees, too), `hold.converting`, `sale.closed`, `inventory.rebuilding`, `thing.not_found`. One round trip.
 */
export const extendHold = async (
  { holds, layouts }: ExtendHoldDeps,
  { eventId, holdId, owner }: HoldRefInput & { readonly owner: HoldOwner },
): Promise<Hold> => {
  const { event } = await layouts.get(eventId);
  const extended = await holds.extend(eventId, holdId, owner, event.holdTtlMs);
  if (extended.outcome === 'extended') return extended.hold;
  if (extended.outcome === 'not_on_sale') throw new DomainError('sale.closed', { reason: extended.reason });
  throw holdRefusal(extended.outcome);
};
