import { REBUILD_RETRY_MS } from '../inventory/restore-inventory.ts';
import { DomainError } from '../shared/errors.ts';

/** What a command on a hold says when it cannot be done, for the outcomes that mean the same everywhere. */
export const holdRefusal = (outcome: 'gone' | 'cold' | 'converting' | 'extended_already'): DomainError => {
  switch (outcome) {
    case 'gone':
      return new DomainError('hold.gone', {});
    case 'cold':
      return new DomainError('inventory.rebuilding', { retryAfterMs: REBUILD_RETRY_MS });
    case 'converting':
      return new DomainError('hold.converting', {});
    case 'extended_already':
      return new DomainError('hold.extended_already', {});
  }
};
