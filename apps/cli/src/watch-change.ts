import { setTimeout as pause } from 'node:timers/promises';
import type { Client } from '@eventhorizon/client/create-client';
import { dim, type Io } from './io.ts';

export type ChangeProgress = Awaited<ReturnType<Client['api']['events']['progress']['query']>>;

const LOOK_EVERY_MS = 1_000;

/** `120 reached, 118 ended, 97 refunded, 120 told, 2 failed`. */
export const changeLine = ({ kind, counts }: ChangeProgress): string => {
  const { found, ended, refunded, notified, failed } = counts;
  return [
    `${found} booking${found === 1 ? '' : 's'} reached`,
    ...(kind === 'cancelled' ? [`${ended} ended`, `${refunded} refunded`] : []),
    `${notified} told`,
    ...(failed > 0 ? [`${failed} failed`] : []),
  ].join(', ');
};

/** Looks until everybody is reached; tells on standard error how far it is, whenever that has changed. */
export const watchChange = async (
  io: Io,
  client: Client,
  ref: { readonly organizationId: string; readonly eventId: string },
): Promise<ChangeProgress> => {
  let said = '';
  for (;;) {
    const progress = await client.api.events.progress.query(ref);
    if (progress.finishedAt !== null) return progress;
    const line = changeLine(progress);
    if (line !== said) io.stderr.write(`${dim(io, line)}\n`);
    said = line;
    await pause(LOOK_EVERY_MS);
  }
};
