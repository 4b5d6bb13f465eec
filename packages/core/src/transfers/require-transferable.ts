import type { SaleEvent } from '../bookings/ports.ts';
import { whyNotTransferable } from '../events/transfer-setting.ts';
import { DomainError } from '../shared/errors.ts';

/** Throws `transfer.not_possible` saying why tickets of this event cannot be passed on now. */
export const requireTransferable = (event: SaleEvent | null, now: Date): void => {
  const why = event === null ? 'event_over' : whyNotTransferable(event, now);
  if (why !== null) throw new DomainError('transfer.not_possible', { why });
};
