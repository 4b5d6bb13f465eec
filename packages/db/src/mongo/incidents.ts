import { INCIDENT_KINDS, type Incident, type IncidentId } from '@eventhorizon/core/payments/incident';
import type { IncidentStore } from '@eventhorizon/core/payments/stores';
import { decodeCursor, pageOf } from '@eventhorizon/core/shared/cursor';
import { idSchema } from '@eventhorizon/core/shared/ids';
import type { Tx } from '@eventhorizon/core/shared/unit-of-work';
import type { Db } from 'mongodb';
import { z } from 'zod';
import { collectionOf, type DocOf, defineCollection, fromDoc, toDoc } from './collection.ts';
import { readIn } from './read-options.ts';
import { sessionOf } from './transaction.ts';

type IncidentDoc = DocOf<Incident>;

const incidentSchema = z.object({
  _id: idSchema('inc'),
  key: z.string(),
  kind: z.enum(INCIDENT_KINDS),
  organizationId: idSchema('org'),
  eventId: idSchema('evt'),
  bookingId: idSchema('bkg'),
  facts: z.record(z.string(), z.union([z.string(), z.number()])),
  openedAt: z.date(),
  resolvedAt: z.date().nullable(),
  resolution: z.string().nullable(),
  resolvedBy: idSchema('usr').optional(),
});

export const incidentsCollection = defineCollection<IncidentDoc>({
  name: 'incidents',
  schema: incidentSchema,
  indexes: [
    { name: 'key_once', key: { key: 1 }, unique: true, why: 'the same thing is reported once' },
    {
      name: 'open_by_organization',
      key: { organizationId: 1, resolvedAt: 1, _id: -1 },
      why: 'what of an organization needs a person, newest first, also of one kind or event',
    },
    {
      name: 'by_organization',
      key: { organizationId: 1, _id: -1 },
      why: 'what was resolved, newest first',
    },
    { name: 'by_booking', key: { bookingId: 1 }, why: 'whether a person is looking at a booking' },
    { name: 'by_event', key: { eventId: 1 }, why: 'the audit of an event' },
  ],
});

const cursorSchema = z.tuple([idSchema('inc')]);

export const mongoIncidents = (db: Db): IncidentStore => {
  const incidents = collectionOf(db, incidentsCollection);
  const resolved = async (
    tx: Tx,
    which: { _id: IncidentId } | { key: string },
    how: Pick<Incident, 'resolvedAt' | 'resolution' | 'resolvedBy'>,
  ) =>
    (await incidents.updateOne({ ...which, resolvedAt: null }, { $set: how }, sessionOf(tx)))
      .modifiedCount === 1;
  return {
    raise: async (tx, incident) => {
      const { key, ...rest } = toDoc(incident);
      await incidents.updateOne({ key }, { $setOnInsert: rest }, { upsert: true, ...sessionOf(tx) });
    },
    findOwn: async (organizationId, incidentId) => {
      const doc = await incidents.findOne({ _id: incidentId, organizationId }, readIn());
      return doc === null ? null : fromDoc<Incident>(doc);
    },
    findOpen: async (bookingId, tx) =>
      (await incidents.find({ bookingId, resolvedAt: null }, readIn(tx)).toArray()).map((doc) =>
        fromDoc<Incident>(doc),
      ),
    resolve: (tx, incidentId, resolution, at, by) =>
      resolved(
        tx,
        { _id: incidentId },
        { resolvedAt: at, resolution, ...(by !== undefined && { resolvedBy: by }) },
      ),
    resolveByKey: (tx, key, resolution, at) => resolved(tx, { key }, { resolvedAt: at, resolution }),
    list: async (organizationId, { state, kind, eventId }, { cursor, limit }) => {
      const before = cursor === undefined ? null : decodeCursor(cursor, cursorSchema)[0];
      const docs = await incidents
        .find({
          organizationId,
          resolvedAt: state === 'open' ? null : { $ne: null },
          ...(kind !== undefined && { kind }),
          ...(eventId !== undefined && { eventId }),
          ...(before !== null && { _id: { $lt: before } }),
        })
        .sort({ _id: -1 })
        .limit(limit + 1)
        .toArray();
      return pageOf(
        docs.map((doc) => fromDoc<Incident>(doc)),
        limit,
        ({ id }) => [id],
      );
    },
    streamOfEvent: async function* (eventId) {
      for await (const doc of incidents.find({ eventId }, readIn())) yield fromDoc<Incident>(doc);
    },
  };
};
