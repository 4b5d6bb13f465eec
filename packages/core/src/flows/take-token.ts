import { isDomainError } from '../shared/errors.ts';
import { PROVIDER_ACCOUNT, type SaleDeps } from './sale-deps.ts';

/**
 * A token of the provider's rate limit, or none: also when the bucket cannot be reached (`service.unreachable`). Calling
 * unbounded would be worse than waiting, and what was booked before must not fail for it.
 */
export const takeToken = async (rateLimit: SaleDeps['rateLimit']): Promise<boolean> => {
  try {
    return await rateLimit.take(PROVIDER_ACCOUNT);
  } catch (error) {
    if (isDomainError(error, 'service.unreachable')) return false;
    throw error;
  }
};
