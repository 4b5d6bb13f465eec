import type { LiveMessage } from '@eventhorizon/core/inventory/live/live-message';
import { type TrackedEnvelope, tracked } from '@trpc/server';
import type { JoinRequest, LiveHub } from './hub.ts';
import { createFrameQueue } from './queue-sink.ts';

export type TrackedRequest = Omit<JoinRequest, 'sink'> & { readonly signal: AbortSignal | undefined };

/** A stream as tRPC's subscriptions are: pulled, each message with its id. Leaves when the reader stops or the signal says so. */
export const trackedMessages = async (
  hub: LiveHub,
  { signal, ...request }: TrackedRequest,
): Promise<AsyncGenerator<TrackedEnvelope<LiveMessage>, void, undefined>> => {
  const queue = createFrameQueue();
  const leave = await hub.join({ ...request, sink: queue.sink });
  const stop = (): void => {
    queue.close();
    leave();
  };
  // A generator that waits cannot be told to return; closing what it waits for ends it.
  if (signal?.aborted === true) stop();
  signal?.addEventListener('abort', stop, { once: true });
  return (async function* () {
    try {
      for await (const { id, message } of queue.frames()) yield tracked(id, message);
    } finally {
      signal?.removeEventListener('abort', stop);
      stop();
    }
  })();
};
