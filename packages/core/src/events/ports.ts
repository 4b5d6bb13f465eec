import type { EventId, OrganizationId } from '../shared/ids.ts';
import type { Page, PageRequest } from '../shared/page.ts';
import type { Tx } from '../shared/unit-of-work.ts';
import type { Event, EventStatus } from './event.ts';

/** Events in Mongo. What an organizer asks names the organization: another's event is not there. */
export type EventStore = {
  readonly insert: (event: Event) => Promise<void>;
  /**
   * Writes `next` if the stored revision is still `from`. Throws `event.changed_meanwhile` when it is not. Every change goes
   * this way, so a revision names one state of the event.
   */
  readonly saveChange: (tx: Tx, next: Event, from: number) => Promise<void>;
  /** Removes a draft of this revision. Throws `event.changed_meanwhile`. */
  readonly deleteDraft: (tx: Tx, event: Event) => Promise<void>;
  /** Any status; for use cases that act for no organizer (checkout, layouts, the worker). In `tx`: as its snapshot has it. */
  readonly find: (eventId: EventId, tx?: Tx) => Promise<Event | null>;
  readonly findOwn: (organizationId: OrganizationId, eventId: EventId, tx?: Tx) => Promise<Event | null>;
  /** Anything that was published and is not a draft again: published, postponed, cancelled or completed. */
  readonly findPublished: (eventId: EventId) => Promise<Event | null>;
  /** null when there is no such event. */
  readonly revisionOf: (eventId: EventId) => Promise<number | null>;
  /** Newest first. */
  readonly list: (
    organizationId: OrganizationId,
    page: PageRequest & { readonly status?: EventStatus | undefined },
  ) => Promise<Page<Event>>;
  /** Ids, and nothing else, of all published events that start, or whose sale ends, at `from` or later, and of all postponed ones. In no order. */
  readonly idsNotOver: (from: Date) => Promise<EventId[]>;
};

/**
 * Whether anything was ever sold or is being bought, or money may still come for a booking that was freed by force: the one thing
 * the life of an event needs to know about its sale.
 */
export type SalesRecord = { readonly hasAnyBooked: (eventId: EventId) => Promise<boolean> };
