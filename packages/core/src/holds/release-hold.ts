import type { HoldOwner } from './hold.ts';
import { holdRefusal } from './hold-refusals.ts';
import type { HoldRefInput } from './place-hold-input.ts';
import type { HoldStore } from './ports.ts';

export type ReleaseHoldDeps = { readonly holds: Pick<HoldStore, 'release'> };

/**
 * Frees a hold's units. A hold that is gone is as good as released, so a repeated call succeeds. Throws `hold.converting`,
 * `inventory.rebuilding`. One round trip.
 */
export const releaseHold = async (
  { holds }: ReleaseHoldDeps,
  { eventId, holdId, owner }: HoldRefInput & { readonly owner: HoldOwner },
): Promise<void> => {
  const { outcome } = await holds.release(eventId, holdId, owner);
  if (outcome !== 'released' && outcome !== 'gone') throw holdRefusal(outcome);
};
