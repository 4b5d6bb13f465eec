import type { Unit } from '@eventhorizon/core/inventory/unit';
import { unitRecord } from './hold-record.ts';

/** A change of claims as lua/lib-claims.lua takes it. */
export const changeRecord = (change: {
  readonly change: 'mark' | 'free';
  readonly owner: string;
  readonly person: string | null;
  readonly units: readonly Unit[];
  readonly again?: boolean | undefined;
  readonly from?: string | undefined;
  readonly turn?: number | undefined;
}): string =>
  JSON.stringify({
    c: change.change,
    o: change.owner,
    p: change.person ?? '',
    u: change.units.map(unitRecord),
    a: change.again === true,
    f: change.from,
    w: change.turn,
  });

/** A claim as it stands in the `units` hash. */
export const claimValue = (owner: string, person: string | null): string => `${owner}|${person ?? ''}`;

/** `h:<hold id>` as it is; of a claim the owner. */
export const ownerOfValue = (value: string): string => value.split('|')[0] ?? value;
