import type { Claim } from '@eventhorizon/core/inventory/claim';
import type { ClaimStore } from '@eventhorizon/core/inventory/ports';
import type { UnitId } from '@eventhorizon/core/inventory/unit';
import { DomainError } from '@eventhorizon/core/shared/errors';
import { type EventId, idSchema } from '@eventhorizon/core/shared/ids';
import type { Db, WithId } from 'mongodb';
import { z } from 'zod';
import { collectionOf, defineCollection } from './collection.ts';
import { duplicateIndexOf } from './duplicate-key.ts';
import { readIn } from './read-options.ts';
import { retryTransaction } from './retry-transaction.ts';
import { sessionOf } from './transaction.ts';

const claimSchema = z.object({
  eventId: idSchema('evt'),
  unitId: z.string(),
  owner: z.string(),
  person: z.string().nullable(),
  claimedAt: z.date(),
});
type ClaimDoc = z.output<typeof claimSchema>;

export const claimsCollection = defineCollection({
  name: 'claims',
  schema: claimSchema,
  indexes: [
    {
      name: 'unit_once',
      key: { eventId: 1, unitId: 1 },
      unique: true,
      why: 'a unit is promised or sold once: the one thing that makes a double sale impossible',
    },
    {
      name: 'by_owner',
      key: { eventId: 1, owner: 1 },
      why: 'what a booking or offer has, to free it; whether anything of an event is booked',
    },
    {
      name: 'kept_for_waitlists',
      key: { owner: 1, eventId: 1 },
      partialFilterExpression: { owner: 'waitlist' },
      why: 'the events whose waitlist has units, for the sweep',
    },
  ],
});

const toClaim = ({ _id: _unused, ...claim }: WithId<ClaimDoc>): Claim => claim;

/** Booking ids start so; nothing else that owns a claim does. */
const BOOKING_OWNER = /^bkg_/;

export const mongoClaims = (db: Db): ClaimStore => {
  const claims = collectionOf(db, claimsCollection);

  const findOwners: ClaimStore['findOwners'] = async (eventId, unitIds, tx) =>
    (await claims.find({ eventId, unitId: { $in: [...unitIds] } }, readIn(tx)).toArray()).map(toClaim);

  /** What refused an insert, read outside the transaction, which a duplicate key has ended. */
  const refusal = async (eventId: EventId, wanted: readonly Claim[], cause: unknown): Promise<Error> => {
    const mine = new Map(wanted.map(({ unitId, owner }) => [unitId, owner]));
    const taken: UnitId[] = (await findOwners(eventId, [...mine.keys()]))
      .filter(({ unitId, owner }) => mine.get(unitId) !== owner)
      .map(({ unitId }) => unitId);
    return taken.length > 0
      ? new DomainError('units.taken', { unitIds: taken }, { cause })
      : retryTransaction('the claim that stood in the way is gone', cause);
  };

  return {
    insertAll: async (tx, wanted) => {
      const [first] = wanted;
      if (first === undefined) return;
      try {
        await claims.insertMany(
          wanted.map((claim) => ({ ...claim })),
          { ...sessionOf(tx), ordered: true },
        );
      } catch (error) {
        if (duplicateIndexOf(error) === 'unit_once') throw await refusal(first.eventId, wanted, error);
        throw error;
      }
    },
    deleteOwned: async (tx, eventId, owner, unitIds) => {
      const which = { eventId, owner, ...(unitIds === undefined ? {} : { unitId: { $in: [...unitIds] } }) };
      const owned = await claims.find(which, { projection: { unitId: 1 }, ...sessionOf(tx) }).toArray();
      if (owned.length === 0) return [];
      await claims.deleteMany(which, sessionOf(tx));
      return owned.map(({ unitId }) => unitId);
    },
    moveOwned: async (tx, eventId, from, { owner, person }, unitIds) => {
      const which = {
        eventId,
        owner: from,
        ...(unitIds === undefined ? {} : { unitId: { $in: [...unitIds] } }),
      };
      const owned = await claims.find(which, { projection: { unitId: 1 }, ...sessionOf(tx) }).toArray();
      if (owned.length === 0) return [];
      await claims.updateMany(which, { $set: { owner, person } }, sessionOf(tx));
      return owned.map(({ unitId }) => unitId);
    },
    countAgainst: async (tx, { eventId, unitId, owner, person }) =>
      await claims.findOneAndUpdate(
        { eventId, unitId, owner },
        { $set: { person } },
        { ...sessionOf(tx), projection: { _id: 0, person: 1 }, returnDocument: 'before' },
      ),
    countAllAgainst: async (tx, { eventId, owner }, from, to) => {
      const which = { eventId, owner, person: from };
      const counted = await claims.find(which, { projection: { unitId: 1 }, ...sessionOf(tx) }).toArray();
      if (counted.length > 0) await claims.updateMany(which, { $set: { person: to } }, sessionOf(tx));
      return counted.map(({ unitId }) => unitId);
    },
    listOwned: async (eventId, owner, tx) =>
      (await claims.find({ eventId, owner }, readIn(tx)).toArray()).map(toClaim),
    findOwners,
    streamOfEvent: async function* (eventId) {
      for await (const doc of claims.find({ eventId }, readIn())) yield toClaim(doc);
    },
    eventsWithWaitlistUnits: () => claims.distinct('eventId', { owner: 'waitlist' }, readIn()),
    hasAnyBooked: async (eventId) =>
      (await claims.findOne({ eventId, owner: BOOKING_OWNER }, { projection: { _id: 1 }, ...readIn() })) !==
      null,
  };
};
