import type { Id, IdPrefix, IdSource } from '../shared/ids.ts';

/** Ids that count up from 1, so that a test can name them: `usr_00000000000000000000000001`, then `ses_…2`. */
export const countingIds = (): IdSource => {
  let count = 0;
  return {
    next: <P extends IdPrefix>(prefix: P) => {
      count += 1;
      return `${prefix}_${String(count).padStart(26, '0')}` as Id<P>;
    },
  };
};
