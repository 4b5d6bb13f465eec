import type { AttendeeImportId, UserId } from '../shared/ids.ts';

/** How an organizer came to sell: at a counter, on the telephone, or as a gift. */
export const SALE_CHANNELS = ['box_office', 'phone', 'complimentary'] as const;
export type SaleChannel = (typeof SALE_CHANNELS)[number];

/** Ways to pay that no provider knows of: an organizer took the money. */
export const OFFLINE_METHODS = ['cash', 'card_terminal', 'bank_transfer'] as const;
export type OfflineMethod = (typeof OFFLINE_METHODS)[number];

/** What is on record of a booking that an organizer made for somebody else. */
export type OrganizerSale = {
  readonly channel: SaleChannel;
  readonly soldBy: UserId;
  /** Whom the units counted against under the limit per person when it was sold (see `personOf`); null: a customer without an address. */
  readonly person: string | null;
  /** The address, by a hash, whose proof makes the booking an account's. Absent: it is one's already, or there is no address. */
  readonly adoptableBy?: string;
  /** The seller said that the unproved account of this address is not the customer's; so what it has was not counted. Absent: no. */
  readonly accountNotTheirs?: true;
  readonly note: string | null;
  /** Why nothing was charged; set for complimentary ones only. */
  readonly reason: string | null;
  /** Why the event's limits did not hold for this sale; null when they did. */
  readonly limitOverride: string | null;
  /** The line of a list of attendees that this is; null: sold by itself. */
  readonly from: { readonly importId: AttendeeImportId; readonly line: number } | null;
};
