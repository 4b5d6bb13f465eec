import { type PromoteWaitlistDeps, promoteWaitlist } from './promote-waitlist.ts';

export type SweepWaitlistsDeps = PromoteWaitlistDeps;

/**
 * Looks at the list of every event that somebody waits for, or whose list has units although nobody does any more. Most of what comes back is offered by the row that its release wrote; this finds
 * what came free on sale, and lists whose event is over. One that fails holds up no other; `reason`: why the last one did.
 */
export const sweepWaitlists = async (
  deps: SweepWaitlistsDeps,
  signal: AbortSignal,
): Promise<{ readonly failed: number; readonly reason: unknown }> => {
  let failed = 0;
  let reason: unknown = null;
  const events = new Set([
    ...(await deps.waitlistEntries.eventsWaitedFor()),
    ...(await deps.claims.eventsWithWaitlistUnits()),
  ]);
  for (const eventId of events) {
    if (signal.aborted) break;
    await promoteWaitlist(deps, { eventId }).catch((error: unknown) => {
      failed += 1;
      reason = error;
    });
  }
  return { failed, reason };
};
