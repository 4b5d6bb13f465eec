import type { WorkQueue, WorkRow } from './ports.ts';

export type KeptLease = {
  /** Aborted when a row was lost, or could not be renewed for as long as a lease lasts. */
  readonly signal: AbortSignal;
  readonly stop: () => void;
};

/** Renews the leases of rows at a third of their time, until stopped. */
export const keepLease = (
  queue: Pick<WorkQueue, 'renew'>,
  rows: readonly WorkRow[],
  leaseMs: number,
): KeptLease => {
  const lost = new AbortController();
  let renewedAt = performance.now();
  let renewing = false;
  const renew = async (): Promise<void> => {
    // Also while a renewal hangs: the server counts the lease down all the same.
    if (performance.now() - renewedAt >= leaseMs) lost.abort();
    if (renewing || lost.signal.aborted) return;
    renewing = true;
    const startedAt = performance.now();
    try {
      const kept = await Promise.all(rows.map((row) => queue.renew(row, leaseMs)));
      if (kept.every(Boolean)) renewedAt = startedAt;
      else lost.abort();
    } catch {
      // Mongo is away for the moment: the next round tries again, and the check above ends it.
      return;
    } finally {
      renewing = false;
    }
  };
  const timer = setInterval(() => void renew(), leaseMs / 3);
  return { signal: lost.signal, stop: () => clearInterval(timer) };
};
