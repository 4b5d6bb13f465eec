import { ROLES } from '@eventhorizon/core/organizations/capabilities';
import type { Membership } from '@eventhorizon/core/organizations/organization';
import type { MembershipStore } from '@eventhorizon/core/organizations/ports';
import { decodeCursor, pageOf } from '@eventhorizon/core/shared/cursor';
import { idSchema } from '@eventhorizon/core/shared/ids';
import type { Db } from 'mongodb';
import { z } from 'zod';
import { collectionOf, defineCollection, fromDoc, toDoc } from './collection.ts';
import { sessionOf } from './transaction.ts';

const membershipSchema = z.object({
  _id: idSchema('mbr'),
  organizationId: idSchema('org'),
  userId: idSchema('usr'),
  role: z.enum(ROLES),
  createdAt: z.date(),
});

export const membershipsCollection = defineCollection({
  name: 'memberships',
  schema: membershipSchema,
  indexes: [
    {
      name: 'one_per_organization_and_user',
      key: { organizationId: 1, userId: 1 },
      unique: true,
      why: 'an account has one role in an organization; asked at every organizer call',
    },
    { name: 'by_user', key: { userId: 1, _id: 1 }, why: 'the organizations of an account, oldest first' },
  ],
});

/** Ids sort by creation, so the id of the last membership is the place to go on from. */
const cursorSchema = z.tuple([idSchema('mbr')]);

export const mongoMemberships = (db: Db): MembershipStore => {
  const memberships = collectionOf(db, membershipsCollection);
  return {
    insert: async (tx, membership) => {
      await memberships.insertOne(toDoc(membership), sessionOf(tx));
    },
    find: async (organizationId, userId) => {
      const doc = await memberships.findOne({ organizationId, userId });
      return doc === null ? null : fromDoc<Membership>(doc);
    },
    listOfUser: async (userId, { cursor, limit }) => {
      const after = cursor === undefined ? {} : { _id: { $gt: decodeCursor(cursor, cursorSchema)[0] } };
      const found = await memberships
        .find({ userId, ...after })
        .sort({ _id: 1 })
        .limit(limit + 1)
        .toArray();
      const { items, nextCursor } = pageOf(found, limit, ({ _id }) => [_id]);
      return { nextCursor, items: items.map((doc) => fromDoc<Membership>(doc)) };
    },
  };
};
