import { DomainError } from '../shared/errors.ts';
import type { Hold, HoldOwner } from './hold.ts';
import type { HoldRefInput } from './place-hold-input.ts';
import type { HoldStore } from './ports.ts';

export type GetHoldDeps = { readonly holds: Pick<HoldStore, 'find'> };

/** A hold of this owner as it stands. Throws `hold.gone` (also for somebody else's), `inventory.rebuilding`. One round trip. */
export const getHold = async (
  { holds }: GetHoldDeps,
  { eventId, holdId, owner }: HoldRefInput & { readonly owner: HoldOwner },
): Promise<Hold> => {
  const hold = await holds.find(eventId, holdId, owner);
  if (hold === null) throw new DomainError('hold.gone', {});
  return hold;
};
