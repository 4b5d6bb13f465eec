import type { UserId } from '../shared/ids.ts';

/** The show does not take place; everybody's money goes back. `reason` is shown to buyers. */
export type EventCancellation = { readonly at: Date; readonly by: UserId; readonly reason: string };

/** What everybody may read of it. */
export type PublicCancellation = Omit<EventCancellation, 'by'>;
