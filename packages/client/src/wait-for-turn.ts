import type { TRPCClient } from '@trpc/client';
import type { AppRouter } from './app-router.ts';
import { domainErrorOf } from './domain-error.ts';

type Room = TRPCClient<AppRouter>['waitingRoom'];
export type RoomView = Awaited<ReturnType<Room['look']['query']>>;

export type WaitOptions = {
  /** Told where the pass stands each time that it is looked at. Keep `pass`, to go on after a restart. */
  readonly onPosition?: (standing: { readonly pass: string } & RoomView) => void;
  /** From an earlier wait. */
  readonly pass?: string;
  readonly signal?: AbortSignal;
};

/** The right to hold: until `endsAt`, with `pass`. Both null: this event has no waiting room. */
export type TurnToHold = { readonly pass: string | null; readonly endsAt: string | null };

export type WaitDeps = {
  readonly room: Pick<Room, 'join' | 'look'>;
  /** Where calls find the pass of an event. */
  readonly passes: Map<string, string>;
  /** From 0 up to 1. */
  readonly random?: () => number;
};

const TROUBLE_MS = 2_000;

const sleep = (ms: number, signal: AbortSignal | undefined): Promise<void> =>
  new Promise((resolve, reject) => {
    const end = (): void => {
      signal?.removeEventListener('abort', stop);
      clearTimeout(timer);
    };
    const stop = (): void => {
      end();
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      end();
      resolve();
    }, ms);
    signal?.addEventListener('abort', stop);
  });

/** How long to wait before the same is asked again; null when asking again is of no use. Broken connections are worth it. */
const retryAfterMs = (error: unknown): number | null => {
  const refusal = domainErrorOf(error);
  if (refusal === null) return error instanceof Error && error.name === 'TRPCClientError' ? TROUBLE_MS : null;
  if (refusal.kind !== 'unavailable' && refusal.kind !== 'limited') return null;
  return 'retryAfterMs' in refusal.details ? refusal.details.retryAfterMs : TROUBLE_MS;
};

/**
 * Joins, then looks as often as the server says, give or take a fifth so that a crowd does not ask in step. A turn that was slept through
 * is queued for again. Trouble on the way costs time and never the place; throws what will not pass by itself, and `signal.reason`.
 */
export const waitForTurn = async (
  { room, passes, random = Math.random }: WaitDeps,
  eventId: string,
  { onPosition, pass, signal }: WaitOptions = {},
): Promise<TurnToHold> => {
  if (pass !== undefined) passes.set(eventId, pass);
  const pause = (ms: number): Promise<void> => sleep(ms * (0.8 + 0.4 * random()), signal);

  const patiently = async <T>(ask: () => Promise<T>): Promise<T> => {
    for (;;) {
      signal?.throwIfAborted();
      try {
        return await ask();
      } catch (error) {
        const wait = retryAfterMs(error);
        if (wait === null) throw error;
        await pause(wait);
      }
    }
  };
  const join = () => patiently(() => room.join.mutate({ eventId }));
  const look = () => patiently(() => room.look.query({ eventId }));

  let standing = await join();
  for (;;) {
    const { view } = standing;
    if (standing.pass === null || view.state === 'no_room') return { pass: null, endsAt: null };
    passes.set(eventId, standing.pass);
    onPosition?.({ pass: standing.pass, ...view });
    if (view.state === 'turn') return { pass: standing.pass, endsAt: view.endsAt };
    if (view.state === 'over') standing = await join();
    else {
      await pause(view.pollAfterMs);
      standing = { pass: standing.pass, view: await look() };
    }
  }
};
