import { DomainError } from '../shared/errors.ts';

/** Why a hold is refused where there is a waiting room. `bound`: another buyer has begun to use this pass. */
export type NoTurn = 'none' | 'forged' | 'foreign' | 'early' | 'over' | 'used' | 'bound';

const SOONEST_MS = 1_000;
const LATEST_MS = 15_000;

/** `leftMs`: until the turn begins; null when that is not known. */
export const turnRefusal = (reason: NoTurn, leftMs: number | null): DomainError => {
  switch (reason) {
    case 'none':
      return new DomainError('room.pass_required', {});
    case 'forged':
      return new DomainError('room.pass_forged', {});
    case 'foreign':
    case 'bound':
      return new DomainError('room.pass_foreign', {});
    case 'early': {
      const wait = Math.min(LATEST_MS, Math.max(SOONEST_MS, leftMs ?? LATEST_MS));
      return new DomainError('room.not_your_turn', { retryAfterMs: wait });
    }
    case 'over':
      return new DomainError('room.turn_over', {});
    case 'used':
      return new DomainError('room.pass_used', {});
  }
};
