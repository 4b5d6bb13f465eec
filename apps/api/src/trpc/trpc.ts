import { initTRPC } from '@trpc/server';
import { BEAT_MS, SILENCE_MS } from '../live/frame.ts';
import type { Context } from './context.ts';
import { domainErrorShape } from './error-shape.ts';

/** `deadlineMs`: another time limit than the usual one. */
export type ProcedureMeta = { readonly deadlineMs?: number };

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
