import type { Clock } from '@eventhorizon/core/shared/clock';

/** The machine's clock: the one place where use cases get the real time from. */
export const systemClock: Clock = { now: () => new Date() };
