import { selfRestoringHolds } from '@eventhorizon/core/holds/self-restoring-holds';
import { createRoomOpener } from '@eventhorizon/core/waiting-room/open-room';
import { mongoClaims } from '@eventhorizon/db/mongo/claims';
import { mongoEvents } from '@eventhorizon/db/mongo/events';
import { mongoLayoutSource } from '@eventhorizon/db/mongo/layout-source';
import { isMongoOutage } from '@eventhorizon/db/mongo/outage';
import { mongoNumberBlocks } from '@eventhorizon/db/mongo/queue-numbers';
import { mongoSeatMaps } from '@eventhorizon/db/mongo/seat-maps';
import { mongoSpentTurns } from '@eventhorizon/db/mongo/spent-turns';
import { createAddressRateLimit } from '@eventhorizon/db/redis/address-rate-limit';
import { createAvailabilityCache } from '@eventhorizon/db/redis/availability-cache';
import { createAvailabilityReader } from '@eventhorizon/db/redis/availability-reader';
import { createChangeBell } from '@eventhorizon/db/redis/change-bell';
import { connectForWork } from '@eventhorizon/db/redis/connect';
import { createHoldStore } from '@eventhorizon/db/redis/hold-store';
import { createInventoryMirror } from '@eventhorizon/db/redis/inventory-mirror';
import { createRoomDesk } from '@eventhorizon/db/redis/room-desk';
import { createRoomGlances } from '@eventhorizon/db/redis/room-glances';
import { sharedRebuilds } from '@eventhorizon/db/redis/shared-rebuilds';
import { hmacQueuePasses } from '@eventhorizon/providers/waiting-room/hmac-queue-passes';
import { randomSeeds } from '@eventhorizon/providers/waiting-room/random-seeds';
import type { Foundation } from './foundation-deps.ts';
import { createLive } from './live/create-live.ts';
import type { Metrics } from './observability/metrics.ts';

/** Of one address into waiting rooms: an office or a campus comes in at once, a script that wants a thousand passes gets one a second. */
const JOIN_RATE = { perSecond: 1, burst: 50 };

/** What can be held, how that is seen, and who is let near it. */
export const inventoryDeps = (foundation: Foundation, metrics: Metrics) => {
  const { env, logger, clock, db, scripts, unitOfWork, outbox } = foundation;
  const events = mongoEvents(db);
  const seatMaps = mongoSeatMaps(db);
  const claims = mongoClaims(db);
  const spentTurns = mongoSpentTurns(db);
  const layouts = mongoLayoutSource({ events, seatMaps });
  const mirror = sharedRebuilds(createInventoryMirror(scripts));
  const glances = createRoomGlances(scripts);
  const numberBlocks = mongoNumberBlocks(db);
  const availability = createAvailabilityCache({ reader: createAvailabilityReader(scripts), layouts, clock });
  const bells = connectForWork(env.REDIS_URL, { lazyConnect: true });
  bells.on('error', (err) => logger.warn({ err }, 'redis connection of the change bell'));
  const live = createLive({
    bell: createChangeBell({ redis: bells, onError: (err) => logger.warn({ err }, 'change bell not hung') }),
    layouts,
    mirror,
    claims,
    spentTurns,
    availability,
    counts: metrics.live,
    logger,
    isOutage: isMongoOutage,
    maxListeners: env.LIVE_MAX_LISTENERS,
    maxPerAddress: env.LIVE_MAX_PER_ADDRESS,
  });
  return {
    deps: {
      events,
      seatMaps,
      layouts,
      claims,
      spentTurns,
      mirror,
      holds: selfRestoringHolds(createHoldStore(scripts), { layouts, mirror, claims, spentTurns }),
      availability,
      live: live.hub,
      glances,
      openRoom: createRoomOpener({
        layouts,
        mirror,
        events,
        unitOfWork,
        outbox,
        glances,
        numberBlocks,
        seeds: randomSeeds,
      }),
      desk: createRoomDesk(scripts, numberBlocks),
      queuePasses: hmacQueuePasses(env.VISITOR_SECRET),
      joinLimit: createAddressRateLimit(scripts, 'join', JOIN_RATE),
    },
    close: (): void => {
      live.close();
      bells.disconnect();
    },
  };
};
