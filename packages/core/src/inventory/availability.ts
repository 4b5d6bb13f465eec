import type { EventId } from '../shared/ids.ts';

/** A seat's state in the compact string: two bits a seat, seat 0 in the highest bits of the first byte. */
export const SEAT_STATES = ['free', 'held', 'taken', 'blocked'] as const;
export type SeatState = (typeof SEAT_STATES)[number];

export type PoolCount = { readonly free: number; readonly held: number; readonly taken: number };

/** What Redis knew of an event at one moment. `seats`: see SEAT_STATES; empty when there are none. `counts` by pool index. */
export type AvailabilitySnapshot = {
  readonly eventId: EventId;
  readonly epoch: string;
  /** Rises with every change of a unit within an epoch. */
  readonly version: number;
  readonly revision: number;
  readonly counts: readonly PoolCount[];
  readonly seats: Uint8Array;
};

export const seatStateAt = (seats: Uint8Array, index: number): SeatState => {
  const byte = seats[index >> 2] ?? 0;
  return SEAT_STATES[(byte >> (6 - 2 * (index & 3))) & 3] ?? 'free';
};
