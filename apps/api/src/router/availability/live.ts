import { idSchema } from '@eventhorizon/core/shared/ids';
import { z } from 'zod';
import { trackedMessages } from '../../live/tracked-messages.ts';
import { publicProcedure } from '../../trpc/procedures.ts';

export const liveInput = z.object({ eventId: idSchema('evt'), lastEventId: z.string().max(100).nullish() });
export type LiveInput = z.output<typeof liveInput>;

/** Availability as it changes: a snapshot, then deltas (docs/live-seats.md). Over HTTP live-routes.ts serves it, from shared bytes. */
export const live = publicProcedure
  .input(liveInput)
  .subscription(({ ctx, input: { eventId, lastEventId }, signal }) =>
    trackedMessages(ctx.deps.live, { eventId, lastId: lastEventId ?? null, address: ctx.network(), signal }),
  );
