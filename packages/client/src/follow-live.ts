import { applyLive } from '@eventhorizon/core/inventory/live/apply-live';
import { liveId } from '@eventhorizon/core/inventory/live/live-message';
import type { TRPCClient } from '@trpc/client';
import type { AppRouter } from './app-router.ts';
import { type ApiRefusal, domainErrorOf } from './domain-error.ts';

type Subscribe = TRPCClient<AppRouter>['availability']['live']['subscribe'];
type LiveMessage = Parameters<NonNullable<Parameters<Subscribe>[1]['onData']>>[0]['data'];

/** What is known of an event: core's LiveState, said by the router's types alone, so that the packed client carries them once. */
export type LiveState = Omit<Extract<LiveMessage, { kind: 'snapshot' }>, 'kind' | 'seats'> & {
  /** Two bits a seat; see docs/live-seats.md. */
  readonly seats: Uint8Array;
  /** The server could not read availability lately. */
  readonly stale: boolean;
  /** Why there will be no more news; null while there may be. */
  readonly ended: Extract<LiveMessage, { kind: 'ended' }>['reason'] | null;
};

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
  /** Counts connections; what an earlier one still says is not heard. */
  let connection = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let disconnect: () => void = () => undefined;

  const stop = (): void => {
    connection += 1;
    clearTimeout(timer);
    disconnect();
  };
  const again = (ms: number): void => {
    stop();
    timer = setTimeout(connect, ms);
  };
  const retry = (refusal: ApiRefusal | null): void => {
    again(waitMs(failures, refusal));
    failures += 1;
  };
  const finish = (refusal: ApiRefusal | null): void => {
    stop();
    onEnd?.(refusal);
  };
  const hear = (message: LiveMessage): void => {
    failures = 0;
    state = applyLive(state, message);
    if (state === null) {
      // The message was for another version than ours; without an id the server begins anew.
      again(0);
    } else {
      onState(state);
      if (state.ended !== null) finish(null);
    }
  };
  const fail = (error: unknown): void => {
    const refusal = domainErrorOf(error);
    if (refusal !== null && FINAL.has(refusal.kind)) {
      finish(refusal);
    } else {
      onTrouble?.(error);
      retry(refusal);
    }
  };
  const connect = (): void => {
    connection += 1;
    const mine = connection;
    const ifMine =
      <A extends unknown[]>(run: (...args: A) => void) =>
      (...args: A): void => {
        if (mine === connection) run(...args);
      };
    const { unsubscribe } = api.availability.live.subscribe(
      { eventId, lastEventId: state === null ? null : liveId(state) },
      {
        onData: ifMine(({ data }) => hear(data)),
        onError: ifMine(fail),
        // The server stopped, in a way that does not say come back.
        onComplete: ifMine(() => retry(null)),
      },
    );
    disconnect = unsubscribe;
  };
  connect();
  return stop;
};
