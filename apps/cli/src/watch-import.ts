import { setTimeout as pause } from 'node:timers/promises';
import type { Client } from '@eventhorizon/client/create-client';
import { dim, type Io } from './io.ts';

export type ImportProgress = Awaited<ReturnType<Client['api']['attendees']['get']['query']>>;

const LOOK_EVERY_MS = 500;

const isMailing = ({ mailing }: ImportProgress): boolean => mailing !== undefined && mailing.endedAt === null;

/** `sold 120, refused 3, waiting 377 of 500`; and how many letters there are, where they were asked for later. */
export const progressLine = (progress: ImportProgress): string => {
  const { counts, rows, mailing } = progress;
  const parts = (['sold', 'refused', 'cancelled', 'waiting'] as const)
    .filter((status) => status === 'sold' || counts[status] > 0)
    .map((status) => `${status} ${counts[status]}`);
  const letters =
    mailing === undefined ? '' : `; ${mailing.letters} letters${isMailing(progress) ? ' so far' : ''}`;
  return `${parts.join(', ')} of ${rows}${letters}`;
};

/**
 * Looks until the import has ended, and its letters are on their way where they were asked for, or until it is stopped, which only a
 * person changes; tells on standard error how far it is, whenever that has changed.
 */
export const watchImport = async (
  io: Io,
  client: Client,
  ref: { readonly organizationId: string; readonly importId: string },
): Promise<ImportProgress> => {
  let said = '';
  for (;;) {
    const progress = await client.api.attendees.get.query(ref);
    if (progress.status === 'stopped') return progress;
    if (progress.status !== 'running' && !isMailing(progress)) return progress;
    const line = progressLine(progress);
    if (line !== said) io.stderr.write(`${dim(io, line)}\n`);
    said = line;
    await pause(LOOK_EVERY_MS);
  }
};
