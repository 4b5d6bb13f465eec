import type { LayoutSource } from '../inventory/ports.ts';
import { DomainError } from '../shared/errors.ts';
import type { UserId, VisitorId } from '../shared/ids.ts';
import { turnRefusal } from '../waiting-room/turn-refusal.ts';
import type { Hold } from './hold.ts';
import { holdRefusal } from './hold-refusals.ts';
import type { HoldRefInput } from './place-hold-input.ts';
import type { HoldStore } from './ports.ts';

export type AdoptHoldDeps = {
  readonly holds: Pick<HoldStore, 'adopt'>;
  readonly layouts: Pick<LayoutSource, 'get'>;
};

/**
 * Moves a visitor's hold to the account the visitor has logged in to; the caller has proved both. Throws `hold.limit` when the
 * account would have too many, `hold.gone`, `hold.converting`, `inventory.rebuilding`, `thing.not_found`. One round trip.
 */
export const adoptHold = async (
  { holds, layouts }: AdoptHoldDeps,
  command: HoldRefInput & { readonly visitorId: VisitorId; readonly userId: UserId },
): Promise<Hold> => {
  const { eventId, holdId, visitorId, userId } = command;
  const limit = (await layouts.get(eventId)).event.maxPerPerson;
  const adopted = await holds.adopt(eventId, holdId, visitorId, userId, limit);
  if (adopted.outcome === 'adopted') return adopted.hold;
  if (adopted.outcome === 'limit') throw new DomainError('hold.limit', { limit, have: adopted.have });
  if (adopted.outcome === 'bound') throw turnRefusal('bound', null);
  throw holdRefusal(adopted.outcome);
};
