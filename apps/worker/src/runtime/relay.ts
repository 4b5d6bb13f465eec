import type { QueueName } from '@eventhorizon/core/jobs';
import type { Ring, WorkQueue } from './ports.ts';

export type RelayDeps = {
  readonly queue: Pick<WorkQueue, 'listDue'>;
  readonly bell: Pick<Ring, 'ringNow'>;
  /** Rings per queue and round: a long outage is made up for at this pace, oldest rows first. */
  readonly limit: number;
};

/**
 * Rings again for due rows that nobody has: rings that Redis lost or never got, and rows whose worker died. The truth is in
 * Mongo, so this is what makes losing Redis cost time only. Ringing for a row that is rung for already adds nothing.
 */
export const relayDue = async (
  { queue, bell, limit }: RelayDeps,
  queues: readonly QueueName[],
): Promise<number> => {
  const due = await Promise.all(queues.map((name) => queue.listDue(name, limit)));
  const rows = due.flat();
  if (rows.length > 0) await bell.ringNow(rows);
  return rows.length;
};
