import type { Id, IdPrefix } from '@eventhorizon/core/shared/ids';
import { ulid } from 'ulid';

/** A fresh id for a test. */
export const newId = <P extends IdPrefix>(prefix: P): Id<P> => `${prefix}_${ulid().toLowerCase()}` as Id<P>;
