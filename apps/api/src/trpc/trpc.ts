import type { Capability } from '@eventhorizon/core/organizations/capabilities';
import { initTRPC } from '@trpc/server';
import { BEAT_MS, SILENCE_MS } from '../live/frame.ts';
import type { Context } from './context.ts';
import { domainErrorShape } from './error-shape.ts';

/** What is known of a procedure without calling it; tenancy.int.test.ts proves that it is true. */
export type ProcedureMeta = {
  /** Another time limit than the usual one. */
  readonly deadlineMs?: number;
  /** What a caller must at least be. */
  readonly asks?: 'nothing' | 'visitor' | 'account';
  /** What the caller's role in the organization that the input names must allow; null: any member. Absent: it names none. */
  readonly capability?: Capability | null;
};

/**
 * The one tRPC instance. `isDev: false` always: bodies never carry stacks. No transformer: dates travel as ISO 8601 text, so
 * that the plain routes and other languages read the same JSON.
 */
export const t = initTRPC
  .context<Context>()
  .meta<ProcedureMeta>()
  .create({
    isDev: false,
    sse: { ping: { enabled: true, intervalMs: BEAT_MS }, client: { reconnectAfterInactivityMs: SILENCE_MS } },
    errorFormatter: ({ shape, error, ctx }) => ({
      ...shape,
      data: { ...shape.data, domain: domainErrorShape(error.cause), requestId: ctx?.requestId ?? null },
    }),
  });
