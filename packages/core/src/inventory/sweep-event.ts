import type { EventId } from '../shared/ids.ts';
import type { InventoryMirror } from './ports.ts';

export type SweepEventDeps = { readonly mirror: Pick<InventoryMirror, 'sweep'> };

/** Ends the due holds of an event that nobody else touches; returns how many. Run each second for events on sale. */
export const sweepEvent = (
  { mirror }: SweepEventDeps,
  { eventId }: { readonly eventId: EventId },
): Promise<number> => mirror.sweep(eventId);
