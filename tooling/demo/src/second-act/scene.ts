import type { Client } from '@eventhorizon/client/create-client';
import type { Stack } from '@eventhorizon/stack/start-stack';
import type { PreparedBuyer } from '../buyer.ts';

/** Where the second act plays. */
export type Scene = {
  readonly stack: Stack;
  readonly buyers: readonly PreparedBuyer[];
};

export type Booking = Awaited<ReturnType<Client['api']['bookings']['get']['query']>>;

/** What a scene promised, for the audit, and what it tells in a line. */
export type SceneEnd = {
  readonly line: string;
  readonly promise: string;
  readonly findings: readonly string[];
};

/** As people say it: `1,234.50 EUR`. */
export const inWords = (minor: number): string => `${(minor / 100).toFixed(2)} EUR`;
