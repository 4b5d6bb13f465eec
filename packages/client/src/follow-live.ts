import { applyLive, type LiveState } from '@eventhorizon/core/inventory/live/apply-live';
import { liveId } from '@eventhorizon/core/inventory/live/live-message';
import type { TRPCClient } from '@trpc/client';
import type { AppRouter } from './app-router.ts';
import { type ApiRefusal, domainErrorOf } from './domain-error.ts';

export type FollowLive = {
  readonly eventId: string;
  /** Called with each new state, at most four times a second. `stale` says that the server could not look lately. */
  readonly onState: (state: LiveState) => void;
  /** Called once, when there is nothing more to come: null when the last state's `ended` says why, else the refusal. */
  readonly onEnd?: ((refusal: ApiRefusal | null) => void) | undefined;
  /** Told of what is tried again by itself. */
  readonly onTrouble?: ((error: unknown) => void) | undefined;
};

/** Kinds of refusals that asking again does not mend. */
const FINAL = new Set<ApiRefusal['kind']>(['not_found', 'gone', 'invalid']);
const LONGEST_WAIT_MS = 30_000;

/** Doubles with each failure, and differs from client to client: all of them lost the same server at the same moment. */
const waitMs = (failures: number, refusal: ApiRefusal | null): number => {
  const least = refusal !== null && 'retryAfterMs' in refusal.details ? refusal.details.retryAfterMs : 0;
  const backoff = Math.min(1_000 * 2 ** failures, LONGEST_WAIT_MS) * (0.5 + Math.random() / 2);
  return Math.max(least, backoff);
};

/**
 * Follows an event's availability until told to stop (the function it returns) or until the event has ended: connects again by
 * itself, resumes where it was, and starts from a snapshot where that is not possible.
 */
export const followLive = (
  api: TRPCClient<AppRouter>,
  { eventId, onState, onEnd, onTrouble }: FollowLive,
): (() => void) => {
  let state: LiveState | null = null;
  let failures = 0;
  let stopped = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let disconnect: () => void = () => undefined;

  const stop = (): void => {
    stopped = true;
    clearTimeout(timer);
    disconnect();
  };
  const finish = (refusal: ApiRefusal | null): void => {
    if (stopped) return;
    stop();
    onEnd?.(refusal);
  };
  const connect = (): void => {
    const lastEventId = state === null ? null : liveId(state);
    const { unsubscribe } = api.availability.live.subscribe(
      { eventId, lastEventId },
      {
        onData: ({ data: message }) => {
          if (stopped) return;
          failures = 0;
          state = applyLive(state, message);
          // The message was for another version than ours; without an id the server begins anew.
          if (state === null) return again(0);
          onState(state);
          if (state.ended !== null) finish(null);
        },
        onError: (error) => {
          if (stopped) return;
          const refusal = domainErrorOf(error);
          if (refusal !== null && FINAL.has(refusal.kind)) return finish(refusal);
          onTrouble?.(error);
          again(waitMs(failures, refusal));
          failures += 1;
        },
      },
    );
    disconnect = unsubscribe;
  };
  const again = (ms: number): void => {
    disconnect();
    clearTimeout(timer);
    timer = setTimeout(connect, ms);
  };
  connect();
  return stop;
};
