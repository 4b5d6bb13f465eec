import { decodeCursor, pageOf } from '@eventhorizon/core/shared/cursor';
import { idSchema, type SeatMapId } from '@eventhorizon/core/shared/ids';
import type { SeatMapStore } from '@eventhorizon/core/venues/ports';
import type { Seat, SeatMap } from '@eventhorizon/core/venues/seat-map';
import type { Db } from 'mongodb';
import { z } from 'zod';
import { collectionOf, type DocOf, defineCollection, fromDoc, toDoc } from './collection.ts';
import { sessionOf } from './transaction.ts';

const seatMapSchema = z.object({
  _id: idSchema('map'),
  organizationId: idSchema('org'),
  venueId: idSchema('ven'),
  version: z.int(),
  name: z.string(),
  categories: z.array(z.object({ name: z.string(), color: z.string().nullable() })),
  seatCount: z.int(),
  accessibleCount: z.int(),
  ignored: z.array(z.string()),
  createdAt: z.date(),
});

export const seatMapsCollection = defineCollection({
  name: 'seatMaps',
  schema: seatMapSchema,
  indexes: [
    {
      name: 'version_once',
      key: { venueId: 1, version: -1 },
      unique: true,
      why: "a venue's versions, newest first; each number names one layout",
    },
  ],
});

const seatSchema = z.object({
  guid: z.string(),
  section: z.string(),
  row: z.string(),
  number: z.string(),
  category: z.string(),
  x: z.number(),
  y: z.number(),
  accessible: z.boolean(),
});

export const seatBlocksCollection = defineCollection({
  name: 'seatBlocks',
  schema: z.object({
    _id: z.string(),
    seatMapId: idSchema('map'),
    block: z.int(),
    seats: z.array(seatSchema),
    /** Set until the map itself is there. */
    expireAt: z.date().optional(),
  }),
  indexes: [
    {
      name: 'by_seat_map',
      key: { seatMapId: 1, block: 1 },
      unique: true,
      why: 'the seats of a map in the order of the plan',
    },
    {
      name: 'expire_staged',
      key: { expireAt: 1 },
      expireAfterSeconds: 0,
      why: 'seats of an import that never came to its end are forgotten',
    },
  ],
});

/** About 1 MB of seats: far from the 16 MB a document may have, and few round trips. */
const SEATS_PER_BLOCK = 5_000;

const position = z.tuple([z.int()]);
const toSeatMap = (doc: z.output<typeof seatMapSchema>): SeatMap => fromDoc<SeatMap>(doc);

const KEEP_STAGED_MS = 3_600_000;

/**
 * A map is its description and blocks of seats. 100,000 seats are about 15 MB, too much for a short transaction, so the blocks come
 * first, each with an end; then the description is written and the ends are taken away, in one. Readers begin with the description, so
 * none meets half a map, and what a crash leaves behind is forgotten.
 */
export const mongoSeatMaps = (db: Db): SeatMapStore => {
  const seatMaps = collectionOf(db, seatMapsCollection);
  const blocks = collectionOf(db, seatBlocksCollection);
  return {
    stageSeats: async (seatMapId, seats) => {
      const expireAt = new Date(Date.now() + KEEP_STAGED_MS);
      for (let block = 0; block * SEATS_PER_BLOCK < seats.length; block += 1)
        await blocks.insertOne({ ...blockOf(seatMapId, block, seats), expireAt });
    },
    insert: async (tx, seatMap) => {
      await blocks.updateMany({ seatMapId: seatMap.id }, { $unset: { expireAt: '' } }, sessionOf(tx));
      await seatMaps.insertOne(mutable(toDoc(seatMap)), sessionOf(tx));
    },
    find: async (seatMapId) => {
      const doc = await seatMaps.findOne({ _id: seatMapId });
      return doc === null ? null : toSeatMap(doc);
    },
    findOwn: async (organizationId, seatMapId) => {
      const doc = await seatMaps.findOne({ _id: seatMapId, organizationId });
      return doc === null ? null : toSeatMap(doc);
    },
    seatsOf: async (seatMapId) => {
      const seats: Seat[] = [];
      for await (const block of blocks.find({ seatMapId }).sort({ block: 1 }))
        for (const seat of block.seats) seats.push(seat);
      return seats;
    },
    listOfVenue: async (organizationId, venueId, { cursor, limit }) => {
      const [before] = cursor === undefined ? [] : decodeCursor(cursor, position);
      const docs = await seatMaps
        .find({ venueId, organizationId, ...(before !== undefined && { version: { $lt: before } }) })
        .sort({ version: -1 })
        .limit(limit + 1)
        .toArray();
      return pageOf(docs.map(toSeatMap), limit, (seatMap) => [seatMap.version]);
    },
  };
};

/** The driver's types want lists that may be written to. */
const mutable = (doc: DocOf<SeatMap>) => ({
  ...doc,
  categories: [...doc.categories],
  ignored: [...doc.ignored],
});

const blockOf = (seatMapId: SeatMapId, block: number, seats: readonly Seat[]) => ({
  _id: `${seatMapId}:${block}`,
  seatMapId,
  block,
  seats: seats.slice(block * SEATS_PER_BLOCK, (block + 1) * SEATS_PER_BLOCK),
});
