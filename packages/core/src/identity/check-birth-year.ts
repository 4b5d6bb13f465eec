import { DomainError } from '../shared/errors.ts';
import type { ProfileChanges } from './profile-schema.ts';

/** Throws `input.invalid` for a year of birth that is still to come. */
export const checkBirthYear = ({ birthYear }: ProfileChanges, now: Date): void => {
  if (typeof birthYear === 'number' && birthYear > now.getUTCFullYear()) {
    throw new DomainError('input.invalid', {
      issues: [{ path: 'birthYear', message: 'must not be in the future' }],
    });
  }
};
