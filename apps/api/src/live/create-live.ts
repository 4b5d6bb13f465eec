import type { GetAvailabilityDeps } from '@eventhorizon/core/inventory/get-availability';
import { readLive } from '@eventhorizon/core/inventory/live/read-live';
import type { ChangeBell } from '@eventhorizon/core/inventory/ports';
import { DomainError } from '@eventhorizon/core/shared/errors';
import type { Logger } from 'pino';
import { createHub, type LiveHub } from './hub.ts';
import { createLoadMeter } from './load-meter.ts';
import type { LiveCounts, LiveLimits, ReadLive } from './ports.ts';
import { systemTimers } from './system-timers.ts';

export type CreateLiveOptions = GetAvailabilityDeps & {
  readonly bell: ChangeBell;
  readonly counts: LiveCounts;
  readonly logger: Logger;
  readonly isOutage: (error: unknown) => boolean;
} & Pick<LiveLimits, 'maxListeners' | 'maxPerAddress'>;

/** A listener that has not taken so much: two deltas of a rush, or a second of a bad connection. */
const MAX_BACKLOG_BYTES = 64 * 1_024;
const DROP_AFTER_MS = 30_000;
const OUTAGE_RETRY_MS = 1_000;

/** The live streams of this process, on real time. */
export const createLive = (options: CreateLiveOptions): { hub: LiveHub; close: () => void } => {
  const { bell, counts, logger, isOutage, maxListeners, maxPerAddress } = options;
  const meter = createLoadMeter();
  const read: ReadLive = async (query) => {
    try {
      return await readLive(options, query);
    } catch (cause) {
      if (!isOutage(cause)) throw cause;
      throw new DomainError('service.unreachable', { retryAfterMs: OUTAGE_RETRY_MS }, { cause });
    }
  };
  const hub = createHub({
    bell,
    read,
    lagMs: meter.lagMs,
    timers: systemTimers,
    limits: { maxListeners, maxPerAddress, maxBacklogBytes: MAX_BACKLOG_BYTES, dropAfterMs: DROP_AFTER_MS },
    counts,
    random: Math.random,
    onError: (err) => logger.error({ err }, 'a live stream could not look at its event'),
  });
  return {
    hub,
    close: () => {
      hub.stop();
      meter.stop();
    },
  };
};
