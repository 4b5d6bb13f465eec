import { addressTurnsCollection } from './address-turns.ts';
import { adminActsCollection } from './admin-acts.ts';
import { attendeeImportsCollection } from './attendee-imports.ts';
import { attendeeRowsCollection } from './attendee-rows.ts';
import { bookingReferencesCollection } from './booking-references.ts';
import { bookingsCollection } from './bookings.ts';
import { buyerLimitsCollection } from './buyer-limits.ts';
import { claimsCollection } from './claims.ts';
import type { CollectionDefinition } from './collection.ts';
import { disputesCollection } from './disputes.ts';
import { emailCorrectionsCollection } from './email-corrections.ts';
import { eventChangesCollection } from './event-changes.ts';
import { eventsCollection } from './events.ts';
import { incidentsCollection } from './incidents.ts';
import { invitationsCollection } from './invitations.ts';
import { listingsCollection } from './listings.ts';
import { mailTokensCollection } from './mail-tokens.ts';
import { membershipsCollection } from './memberships.ts';
import { notificationsCollection } from './notifications.ts';
import { organizationsCollection } from './organizations.ts';
import { outboxCollection } from './outbox.ts';
import { paymentsCollection } from './payments.ts';
import { queueNumbersCollection } from './queue-numbers.ts';
import { refundsCollection } from './refunds.ts';
import { seatBlocksCollection, seatMapsCollection } from './seat-maps.ts';
import { sessionsCollection } from './sessions.ts';
import { teamActsCollection } from './team-acts.ts';
import { ticketLinksCollection } from './ticket-links.ts';
import { ticketsCollection } from './tickets.ts';
import { transfersCollection } from './transfers.ts';
import { usersCollection } from './users.ts';
import { venuesCollection } from './venues.ts';
import { waitlistEntriesCollection } from './waitlist-entries.ts';
import { waitlistOffersCollection } from './waitlist-offers.ts';
import { waitlistsCollection } from './waitlists.ts';
import { webhookEventsCollection } from './webhook-events.ts';

/** Every collection there is; `migrate` and the index test go by this list. */
export const collections: readonly CollectionDefinition[] = [
  notificationsCollection as unknown as CollectionDefinition,
  outboxCollection as unknown as CollectionDefinition,
  usersCollection as unknown as CollectionDefinition,
  sessionsCollection as unknown as CollectionDefinition,
  mailTokensCollection as unknown as CollectionDefinition,
  adminActsCollection as unknown as CollectionDefinition,
  teamActsCollection as unknown as CollectionDefinition,
  addressTurnsCollection as unknown as CollectionDefinition,
  organizationsCollection as unknown as CollectionDefinition,
  invitationsCollection as unknown as CollectionDefinition,
  membershipsCollection as unknown as CollectionDefinition,
  attendeeImportsCollection as unknown as CollectionDefinition,
  attendeeRowsCollection as unknown as CollectionDefinition,
  bookingReferencesCollection as unknown as CollectionDefinition,
  bookingsCollection as unknown as CollectionDefinition,
  buyerLimitsCollection as unknown as CollectionDefinition,
  emailCorrectionsCollection as unknown as CollectionDefinition,
  disputesCollection as unknown as CollectionDefinition,
  claimsCollection as unknown as CollectionDefinition,
  incidentsCollection as unknown as CollectionDefinition,
  paymentsCollection as unknown as CollectionDefinition,
  refundsCollection as unknown as CollectionDefinition,
  ticketLinksCollection as unknown as CollectionDefinition,
  ticketsCollection as unknown as CollectionDefinition,
  transfersCollection as unknown as CollectionDefinition,
  venuesCollection as unknown as CollectionDefinition,
  seatMapsCollection as unknown as CollectionDefinition,
  seatBlocksCollection as unknown as CollectionDefinition,
  eventChangesCollection as unknown as CollectionDefinition,
  eventsCollection as unknown as CollectionDefinition,
  queueNumbersCollection as unknown as CollectionDefinition,
  listingsCollection as unknown as CollectionDefinition,
  waitlistEntriesCollection as unknown as CollectionDefinition,
  waitlistOffersCollection as unknown as CollectionDefinition,
  waitlistsCollection as unknown as CollectionDefinition,
  webhookEventsCollection as unknown as CollectionDefinition,
];
