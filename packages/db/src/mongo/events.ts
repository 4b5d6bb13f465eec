import { EVENT_STATUSES, type Event } from '@eventhorizon/core/events/event';
import type { EventStore } from '@eventhorizon/core/events/ports';
import { transferSettingSchema } from '@eventhorizon/core/events/transfer-setting';
import { WAITLIST_MODES } from '@eventhorizon/core/events/waitlist-settings';
import { decodeCursor, pageOf } from '@eventhorizon/core/shared/cursor';
import { DomainError } from '@eventhorizon/core/shared/errors';
import { idSchema } from '@eventhorizon/core/shared/ids';
import type { Db } from 'mongodb';
import { z } from 'zod';
import { collectionOf, type DocOf, defineCollection, fromDoc, toDoc } from './collection.ts';
import { readIn } from './read-options.ts';
import { refundPolicyDocSchema } from './refund-policy-schema.ts';
import { sessionOf } from './transaction.ts';

const eventTimeSchema = z.object({ local: z.string(), zone: z.string(), at: z.date() });

const waitingRoomSchema = z.object({
  opensAt: eventTimeSchema,
  turnsPerMinute: z.int(),
  turnMs: z.int(),
  opening: z.object({ seed: z.string(), crowd: z.int(), openedAt: z.date() }).nullable(),
  pace: z.array(z.object({ since: z.date(), from: z.number(), perMinute: z.int() })).readonly(),
  putOff: z.literal(true).optional(),
});

const eventSchema = z.object({
  _id: idSchema('evt'),
  organizationId: idSchema('org'),
  status: z.enum(EVENT_STATUSES),
  title: z.string(),
  description: z.string(),
  descriptionHtml: z.string(),
  terms: z.string().optional(),
  refundPolicy: refundPolicyDocSchema.optional(),
  cancellation: z.object({ at: z.date(), by: idSchema('usr'), reason: z.string() }).optional(),
  postponement: z
    .object({
      at: z.date(),
      by: idSchema('usr'),
      reason: z.string().nullable(),
      from: eventTimeSchema,
      latestStart: z.date(),
      fullRefundUntil: z.date(),
    })
    .optional(),
  category: z.string(),
  tags: z.array(z.string()).readonly(),
  imageUrl: z.string().nullable(),
  startsAt: eventTimeSchema,
  endsAt: eventTimeSchema,
  doorsAt: eventTimeSchema.nullable(),
  venueId: idSchema('ven'),
  seatMapId: idSchema('map').nullable(),
  priceCategories: z
    .array(z.object({ key: z.string(), name: z.string(), color: z.string().nullable() }))
    .readonly(),
  areas: z
    .array(
      z.object({
        id: idSchema('are'),
        name: z.string(),
        capacity: z.int(),
        issued: z.int().optional(),
        priceCategory: z.string(),
      }),
    )
    .readonly(),
  /** Prices as a list: category names may have dots and dollar signs, which are no good in field names. */
  ticketTypes: z
    .array(
      z.object({
        id: idSchema('tty'),
        name: z.string(),
        prices: z.array(z.object({ category: z.string(), amount: z.int() })),
      }),
    )
    .readonly(),
  currency: z.string(),
  salesStartAt: z.date().nullable(),
  salesEndAt: z.date().nullable(),
  maxPerBooking: z.int(),
  maxPerPerson: z.int(),
  holdTtlMs: z.int(),
  transfers: transferSettingSchema.optional(),
  /** Absent in events made before there were waiting rooms. */
  waitingRoom: waitingRoomSchema.nullable().optional(),
  roomEndedAt: z.date().optional(),
  /** Absent: as by default. */
  waitlist: z.object({ enabled: z.boolean(), offerMs: z.int(), mode: z.enum(WAITLIST_MODES) }).optional(),
  publishAt: z.date().nullable(),
  publishedAt: z.date().nullable(),
  frozenUntil: z.date().nullable(),
  revision: z.int(),
  createdAt: z.date(),
  updatedAt: z.date(),
});
type EventDoc = z.output<typeof eventSchema>;

export const eventsCollection = defineCollection({
  name: 'events',
  schema: eventSchema,
  indexes: [
    {
      name: 'by_organization',
      key: { organizationId: 1, _id: -1 },
      why: "an organization's events, newest first (ids sort by creation)",
    },
    {
      name: 'by_organization_status',
      key: { organizationId: 1, status: 1, _id: -1 },
      why: 'the same of one status',
    },
    {
      name: 'by_status_start',
      key: { status: 1, 'startsAt.at': 1, _id: 1 },
      why: 'published events that are not over, for the sweeper, the reconciler and the listing',
    },
    {
      name: 'by_status_sales_end',
      key: { status: 1, salesEndAt: 1, _id: 1 },
      why: 'events that have begun and are still sold, for the sweeper and the reconciler',
    },
    {
      name: 'by_venue_status',
      key: { venueId: 1, status: 1 },
      why: 'published events of a venue, whose listings follow it when it changes',
    },
  ],
});

const idPosition = z.tuple([idSchema('evt')]);

const toEventDoc = (event: Event): EventDoc => ({
  ...toDoc(event),
  areas: event.areas.map(({ issued, ...area }) => (issued === undefined ? area : { ...area, issued })),
  ticketTypes: event.ticketTypes.map((type) => ({
    ...type,
    prices: Object.entries(type.prices).map(([category, amount]) => ({ category, amount })),
  })),
});

const toEvent = (doc: EventDoc): Event =>
  fromDoc<Event>({
    ...doc,
    waitingRoom: doc.waitingRoom ?? null,
    ticketTypes: doc.ticketTypes.map((type) => ({
      ...type,
      prices: Object.fromEntries(type.prices.map(({ category, amount }) => [category, amount])),
    })),
  } satisfies DocOf<Event>);

const orNull = (doc: EventDoc | null): Event | null => (doc === null ? null : toEvent(doc));

export const mongoEvents = (db: Db): EventStore => {
  const events = collectionOf(db, eventsCollection);
  return {
    insert: async (event) => {
      await events.insertOne(toEventDoc(event));
    },
    saveChange: async (tx, next, from) => {
      const { _id, ...fields } = toEventDoc(next);
      const { organizationId } = next;
      const saved = await events.replaceOne({ _id, organizationId, revision: from }, fields, sessionOf(tx));
      if (saved.matchedCount !== 1) throw new DomainError('event.changed_meanwhile', {});
    },
    deleteDraft: async (tx, { id, organizationId, revision }) => {
      const filter = { _id: id, organizationId, revision, status: 'draft' as const };
      if ((await events.deleteOne(filter, sessionOf(tx))).deletedCount !== 1)
        throw new DomainError('event.changed_meanwhile', {});
    },
    find: async (eventId, tx) => orNull(await events.findOne({ _id: eventId }, readIn(tx))),
    findOwn: async (organizationId, eventId, tx) =>
      orNull(await events.findOne({ _id: eventId, organizationId }, readIn(tx))),
    findPublished: async (eventId) =>
      orNull(await events.findOne({ _id: eventId, status: { $ne: 'draft' } }, readIn())),
    revisionOf: async (eventId) => {
      const doc = await events.findOne({ _id: eventId }, { projection: { revision: 1 }, ...readIn() });
      return doc?.revision ?? null;
    },
    list: async (organizationId, { cursor, limit, status }) => {
      const [before] = cursor === undefined ? [] : decodeCursor(cursor, idPosition);
      const docs = await events
        .find({
          organizationId,
          ...(status !== undefined && { status }),
          ...(before !== undefined && { _id: { $lt: before } }),
        })
        .sort({ _id: -1 })
        .limit(limit + 1)
        .toArray();
      return pageOf(docs.map(toEvent), limit, (event) => [event.id]);
    },
    idsNotOver: async (from) => {
      const status = 'published' as const;
      const docs = events.find(
        {
          $or: [
            { status, 'startsAt.at': { $gte: from } },
            { status, salesEndAt: { $gte: from } },
            { status: 'postponed' },
          ],
        },
        { projection: { _id: 1 }, batchSize: 10_000 },
      );
      return (await docs.toArray()).map(({ _id }) => _id);
    },
  };
};
