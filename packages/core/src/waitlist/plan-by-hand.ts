import type { EventLayout } from '../inventory/layout.ts';
import type { Unit } from '../inventory/unit.ts';
import { DomainError } from '../shared/errors.ts';
import type { WaitlistEntry } from './entry.ts';
import { planOffers } from './plan-offers.ts';
import { poolKey } from './pool-key.ts';

export type PlanByHand = { readonly fromList: readonly Unit[]; readonly fromSale: readonly Unit[] };

/**
 * What an organizer can offer to one entry, whoever is before it: `quantity` units, or (null) as an automatic offer would. Also units whose
 * offer was taken back before. Throws `waitlist.bad_quantity`, `waitlist.nothing_fits`. Pure.
 */
export const planByHand = (
  layout: EventLayout,
  entry: WaitlistEntry,
  quantity: number | null,
  list: readonly Unit[],
  onSale: readonly Unit[],
): PlanByHand => {
  const { partWelcome } = entry;
  const wanted = quantity ?? entry.quantity;
  if (wanted > entry.quantity || (wanted < entry.quantity && !partWelcome))
    throw new DomainError('waitlist.bad_quantity', { quantity: entry.quantity, partWelcome });
  // A number that was named is meant.
  const asked = { ...entry, quantity: wanted, withheld: [], partWelcome: partWelcome && quantity === null };
  const [plan] = planOffers(layout, [asked], list, onSale).offers;
  if (plan === undefined) {
    const pools = new Set(entry.pools);
    const poolKeys = layout.pools.map(poolKey);
    const left = [...list, ...onSale].filter(({ pool }) => pools.has(poolKeys[pool] ?? '')).length;
    throw new DomainError('waitlist.nothing_fits', { wanted, left });
  }
  const listed = new Set(list);
  return {
    fromList: plan.units.filter((unit) => listed.has(unit)),
    fromSale: plan.units.filter((unit) => !listed.has(unit)),
  };
};
