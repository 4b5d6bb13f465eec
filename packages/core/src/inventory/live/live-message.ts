import type { EventStatus } from '../../events/event.ts';
import type { ErrorDetails } from '../../shared/error-catalogue.ts';
import type { AvailabilitySnapshot } from '../availability.ts';
import type { AvailabilityView } from '../availability-view.ts';

/** Everything there is: the first message of a stream, and whenever a delta would not do. */
export type LiveSnapshot = AvailabilityView & { readonly kind: 'snapshot'; readonly status: EventStatus };

/** What differs between two versions. Values are absolute: what they were before does not matter. */
export type LiveDelta = {
  readonly kind: 'delta';
  readonly epoch: string;
  /** The version that this applies to, and to no other. */
  readonly from: number;
  readonly version: number;
  /** Pools whose counts changed: position in `pools` of the snapshot, free, held, taken. */
  readonly pools: readonly (readonly [pool: number, free: number, held: number, taken: number])[];
  /** Runs of changed seats, three numbers each: first seat, how many, state (0 free, 1 held, 2 taken, 3 blocked). */
  readonly seats: readonly number[];
};

/** Availability cannot be read for the moment: what was sent may be old. A snapshot follows when it can. */
export type LiveStale = { readonly kind: 'stale' };

/** The last message: nothing is sold here any more. Do not connect again. */
export type LiveEnded = { readonly kind: 'ended'; readonly reason: ErrorDetails<'sale.closed'>['reason'] };

export type LiveMessage = LiveSnapshot | LiveDelta | LiveStale | LiveEnded;

/** What a listener has, as the id of an SSE message: `<epoch>.<version>`. */
export const liveId = ({ epoch, version }: Pick<AvailabilitySnapshot, 'epoch' | 'version'>): string =>
  `${epoch}.${version}`;
