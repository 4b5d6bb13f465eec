import { trpcCodeOf } from '@eventhorizon/core/shared/error-mapping';
import { DomainError } from '@eventhorizon/core/shared/errors';
import { withoutStack } from '@eventhorizon/core/shared/without-stack';
import { TRPCError } from '@trpc/server';
import type { Context } from './context.ts';
import { refusalOf } from './refusal.ts';
import { t } from './trpc.ts';

/** What a caller is told of a bug of ours: nothing but where to find it in the log. */
const internalError = (requestId: string): TRPCError =>
  new TRPCError({
    code: 'INTERNAL_SERVER_ERROR',
    message: `Something went wrong on our side. If it happens again, tell us this request id: ${requestId}.`,
  });

const failureOf = (
  error: TRPCError,
  ctx: Context,
  procedure: string,
): { outcome: string; error: TRPCError } => {
  const refusal = refusalOf(error, ctx.deps.isOutage);
  if (refusal !== null) {
    if (refusal.kind === 'unavailable') ctx.log().warn({ procedure, err: refusal }, 'procedure unavailable');
    else if (ctx.deps.logger.isLevelEnabled('debug'))
      ctx.log().debug({ procedure, err: refusal }, 'procedure refused');
    const code = trpcCodeOf[refusal.kind];
    return {
      outcome: refusal.code,
      error: withoutStack(() => new TRPCError({ code, message: refusal.message, cause: refusal })),
    };
  }
  if (error.code !== 'INTERNAL_SERVER_ERROR') return { outcome: error.code.toLowerCase(), error };
  ctx.log().error({ procedure, err: error.cause ?? error }, 'procedure failed');
  return { outcome: 'internal', error: internalError(ctx.requestId) };
};

/** Runs `work`, but answers `deadline.passed` once `deadlineMs` are over. The work itself goes on: it cannot be undone by leaving. */
const within = <T>(deadlineMs: number, work: Promise<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new DomainError('deadline.passed', { retryAfterMs: 1_000 })),
      deadlineMs,
    );
    work.then(
      (result) => {
        clearTimeout(timer);
        resolve(result);
      },
      (cause: unknown) => {
        clearTimeout(timer);
        // As it was thrown, whatever it is.
        reject(cause as Error);
      },
    );
  });

/**
 * The one place where a procedure's end is judged: maps refusals to tRPC codes, hides bugs behind a request id, logs once and
 * counts. `next()` does not throw, so it is `ok` that is tested.
 */
export const judgeOutcome = t.middleware(async ({ ctx, path, meta, next }) => {
  const startedAt = performance.now();
  const end = (outcome: string) =>
    ctx.deps.metrics.observeProcedure(path, outcome, (performance.now() - startedAt) / 1_000);
  const result = await within(meta?.deadlineMs ?? ctx.deps.config.deadlineMs, next()).catch(
    (cause: unknown) => ({
      ok: false as const,
      error: new TRPCError({ code: 'TIMEOUT', cause }),
    }),
  );
  if (result.ok) {
    end('ok');
    return result;
  }
  const failure = failureOf(result.error, ctx, path);
  end(failure.outcome);
  throw failure.error;
});
