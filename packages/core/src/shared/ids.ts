import { z } from 'zod';

/** What each prefix names. Ids are `<prefix>_<26 lower-case Crockford characters of a ULID>` and sort by creation. */
export const ID_PREFIXES = {
  usr: 'user',
  vis: 'visitor (holds seats before logging in)',
  ses: 'session (a family of refresh tokens)',
  org: 'organization',
  mbr: 'membership',
  inv: 'invitation to an organization',
  ven: 'venue',
  map: 'seat map version',
  evt: 'event',
  are: 'general-admission area of an event',
  tty: 'ticket type',
  hld: 'hold',
  bkg: 'booking',
  pay: 'payment',
  rfd: 'refund',
  tkt: 'ticket',
  trf: 'transfer of a ticket',
  ntf: 'notification',
  inc: 'incident',
  imp: 'import of attendees',
  chg: 'change of an event (cancelled, postponed, moved), as it is carried out',
  wle: 'waitlist entry',
  ofr: 'offer to a waitlist entry',
  out: 'outbox row',
} as const;

export type IdPrefix = keyof typeof ID_PREFIXES;

declare const idBrand: unique symbol;
export type Id<P extends IdPrefix> = string & { readonly [idBrand]: P };

export type UserId = Id<'usr'>;
export type VisitorId = Id<'vis'>;
export type SessionId = Id<'ses'>;
export type OrganizationId = Id<'org'>;
export type MembershipId = Id<'mbr'>;
export type InvitationId = Id<'inv'>;
export type VenueId = Id<'ven'>;
export type SeatMapId = Id<'map'>;
export type EventId = Id<'evt'>;
export type AreaId = Id<'are'>;
export type TicketTypeId = Id<'tty'>;
export type HoldId = Id<'hld'>;
export type BookingId = Id<'bkg'>;
export type PaymentId = Id<'pay'>;
export type RefundId = Id<'rfd'>;
export type TicketId = Id<'tkt'>;
export type TransferId = Id<'trf'>;
export type AttendeeImportId = Id<'imp'>;
export type EventChangeId = Id<'chg'>;
export type WaitlistEntryId = Id<'wle'>;
export type OfferId = Id<'ofr'>;

const ULID = '[0-7][0-9a-hjkmnp-tv-z]{25}';

/** A zod schema of one kind of id: takes a string, gives the branded type. */
export const idSchema = <P extends IdPrefix>(prefix: P) =>
  z
    .string()
    .regex(new RegExp(`^${prefix}_${ULID}$`), `must be an id like ${prefix}_01h455vb4pex5vsknk084sn02q`)
    .transform((value) => value as Id<P>);

export const isId = <P extends IdPrefix>(prefix: P, value: unknown): value is Id<P> =>
  typeof value === 'string' && idSchema(prefix).safeParse(value).success;

/** Mints ids. The only source of them in use cases, so that tests can name theirs. */
export type IdSource = { readonly next: <P extends IdPrefix>(prefix: P) => Id<P> };
