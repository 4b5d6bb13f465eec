import type { AttendeeImport, AttendeeRow } from '../attendees/attendee-import.ts';
import { capabilitiesFor } from '../attendees/capabilities-for.ts';
import type { AttendeeImportStore, AttendeeRowStore, ImportLease } from '../attendees/ports.ts';
import type { UserStore } from '../identity/ports.ts';
import type { JobPayload } from '../jobs.ts';
import { mayStillAct } from '../organizations/may-still-act.ts';
import type { MembershipStore } from '../organizations/ports.ts';
import { addMs } from '../shared/clock.ts';
import { done, type JobResult, retryLater } from './job-result.ts';
import { type SellRowsDeps, sellRows } from './sell-rows.ts';

export type RunAttendeeImportDeps = SellRowsDeps & {
  readonly users: Pick<UserStore, 'find'>;
  readonly memberships: Pick<MembershipStore, 'find'>;
  readonly imports: Pick<
    AttendeeImportStore,
    'find' | 'markFinished' | 'markStopped' | 'takeLease' | 'renewLease' | 'releaseLease'
  >;
  readonly rows: AttendeeRowStore;
  /** Whether buyers who have paid are waiting for their tickets right now. */
  readonly buyersWait: () => Promise<boolean>;
};

/** Lines of one transaction: it costs little more than one line's, and stays far inside the 2 s it may last. */
const BATCH = 50;
/** After so many the job comes back, so that a worker that stops need not wait for long. */
const BATCHES_A_TURN = 10;
/** While buyers wait, an import does one batch in this time: they go first, and it is never stuck. */
const STEP_ASIDE_MS = 500;

/** So long an import stays a dead worker's. It is renewed before each batch, and before each line that is sold by itself. */
const LEASE_MS = 30_000;
/** When a worker that finds the import taken looks again. */
const TAKEN_MS = 5_000;

/**
 * Job `attendees.run_import`: sells the lines of an import that are waiting, batch by batch, in the order of the file. Each line
 * moves from `waiting` in the transaction that makes its booking, and holds and books under the id that was minted with it; so
 * whenever a worker dies, or two work at once, each line is sold once, and whoever comes next goes on with what is left. A lease
 * lets one worker at a time: two would hold units for each other's lines, and refuse later ones for want of these. Before each batch
 * it looks whether the seller may still sell; if not, the import stops, and another member goes on with it (resumeAttendeeImport).
 */
export const runAttendeeImport = async (
  deps: RunAttendeeImportDeps,
  { importId }: JobPayload<'attendees.run_import'>,
  signal?: AbortSignal,
): Promise<JobResult> => {
  const now = deps.clock.now();
  const lease = await deps.imports.takeLease(importId, now, addMs(now, LEASE_MS));
  if (lease === null) {
    const attendeeImport = await deps.imports.find(importId);
    return attendeeImport?.status === 'running' ? retryLater('another worker is at it', TAKEN_MS) : done;
  }
  try {
    return await runTurn(deps, lease, signal);
  } finally {
    // Should Mongo not listen, the lease runs out.
    await deps.imports.releaseLease(lease).catch(() => undefined);
  }
};

const runTurn = async (
  deps: RunAttendeeImportDeps,
  lease: ImportLease,
  signal: AbortSignal | undefined,
): Promise<JobResult> => {
  const isOurs = () => deps.imports.renewLease(lease, addMs(deps.clock.now(), LEASE_MS));
  for (let batch = 0; batch < BATCHES_A_TURN; batch += 1) {
    if (signal?.aborted === true) return retryLater('the row is in other hands', 0);
    const attendeeImport = await deps.imports.find(lease.importId);
    if (attendeeImport === null || attendeeImport.status !== 'running') return done;
    if (!(await isOurs())) return retryLater('another worker is at it', 0);
    if (!(await mayGoOn(deps, attendeeImport))) {
      await deps.imports.markStopped(attendeeImport.id, attendeeImport.soldBy, 'seller_may_not_sell');
      return done;
    }
    if (!(await sellNext(deps, attendeeImport, isOurs))) return done;
    if (await deps.buyersWait()) return retryLater('buyers who have paid go first', STEP_ASIDE_MS);
  }
  return retryLater('more attendees are waiting', 0);
};

const mayGoOn = (
  deps: RunAttendeeImportDeps,
  { organizationId, soldBy, limitOverride }: AttendeeImport,
): Promise<boolean> => mayStillAct(deps, { organizationId, userId: soldBy }, capabilitiesFor(limitOverride));

/** false: there was nothing left, and the import is finished. */
const sellNext = async (
  deps: RunAttendeeImportDeps,
  attendeeImport: AttendeeImport,
  isOurs: () => Promise<boolean>,
): Promise<boolean> => {
  const waiting = await deps.rows.listWaiting(attendeeImport.id, BATCH);
  if (waiting.length === 0) {
    await deps.imports.markFinished(attendeeImport.id, deps.clock.now());
    return false;
  }
  try {
    await sellRows(deps, attendeeImport, waiting, isOurs);
  } catch (error) {
    if (await isOurs()) throw error;
    await giveBack(deps, attendeeImport, waiting);
  }
  return true;
};

/** Cancelled, or another's by now: what was held for these lines is free (whoever sells one claims it nevertheless). Should Redis not listen, the holds end by themselves. */
const giveBack = async (
  { holds }: RunAttendeeImportDeps,
  { eventId, organizationId }: AttendeeImport,
  rows: readonly AttendeeRow[],
): Promise<void> => {
  await Promise.allSettled(rows.map(({ holdId }) => holds.release(eventId, holdId, organizationId)));
};
