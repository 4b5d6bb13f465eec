import type { EventId, SeatMapId } from '../shared/ids.ts';
import type { AvailabilitySnapshot } from './availability.ts';
import type { EventLayout } from './layout.ts';

/** What clients read. `pools` in the layout's order; `key` is a price category (seats) or an area id (places). */
export type AvailabilityView = {
  readonly eventId: EventId;
  readonly epoch: string;
  readonly version: number;
  readonly revision: number;
  /** ISO instant at which this version was first read; it was still true when it was served, within 250 ms. */
  readonly asOf: string;
  readonly seatMapId: SeatMapId | null;
  readonly pools: readonly {
    readonly key: string;
    readonly kind: 'seats' | 'places';
    readonly priceCategory: string;
    readonly free: number;
    readonly held: number;
    readonly taken: number;
  }[];
  readonly seatCount: number;
  /** Base64 of two bits a seat, in the order of the seat map, seat 0 highest in byte 0: free, held, taken, blocked. */
  readonly seats: string;
};

const base64 = (bytes: Uint8Array): string => {
  let binary = '';
  for (let at = 0; at < bytes.length; at += 8_192) {
    binary += String.fromCharCode(...bytes.subarray(at, at + 8_192));
  }
  return btoa(binary);
};

/** A snapshot in clients' words. Both must be of one revision. */
export const availabilityView = (
  snapshot: AvailabilitySnapshot,
  layout: EventLayout,
  asOf: Date,
): AvailabilityView => ({
  eventId: snapshot.eventId,
  epoch: snapshot.epoch,
  version: snapshot.version,
  revision: snapshot.revision,
  asOf: asOf.toISOString(),
  seatMapId: layout.seatMapId,
  pools: layout.pools.map(({ index, key, kind, priceCategory }) => ({
    key,
    kind,
    priceCategory,
    ...(snapshot.counts[index] ?? { free: 0, held: 0, taken: 0 }),
  })),
  seatCount: layout.seats.length,
  seats: base64(snapshot.seats),
});

export const availabilityEtag = ({ epoch, version }: AvailabilitySnapshot): string => `"${epoch}-${version}"`;
