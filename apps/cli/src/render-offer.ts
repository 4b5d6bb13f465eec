import type { Io } from './io.ts';
import { green } from './io.ts';

type ShownOffer = {
  readonly id: string;
  readonly status: string;
  readonly units: readonly { readonly label: string }[];
  readonly expiresAt: string;
};

/** `2026-12-01 10:00 UTC` */
export const utc = (instant: string): string => `${instant.slice(0, 16).replace('T', ' ')} UTC`;

/** An offer in a few lines, and what happens next. */
export const renderOffer = (io: Io, { id, status, units, expiresAt }: ShownOffer): string => {
  const labels = units.map(({ label }) => `  ${label}\n`).join('');
  const next =
    status === 'open'
      ? `Good until ${utc(expiresAt)}; its receiver is told.`
      : 'What it had goes to the next; its receiver is told.';
  return `${green(io, '✓')} ${id} is ${status}.\n${labels}${next}\n`;
};
