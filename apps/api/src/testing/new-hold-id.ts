import { systemClock } from '@eventhorizon/providers/system/system-clock';
import { ulidIds } from '@eventhorizon/providers/system/ulid-ids';

const ids = ulidIds(systemClock);

export const newHoldId = (): string => ids.next('hld');
