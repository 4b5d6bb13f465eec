import { ROLES } from '@eventhorizon/core/organizations/capabilities';
import type { Membership } from '@eventhorizon/core/organizations/organization';
import type { MembershipStore } from '@eventhorizon/core/organizations/ports';
import { decodeCursor, pageOf } from '@eventhorizon/core/shared/cursor';
import { idSchema } from '@eventhorizon/core/shared/ids';
import type { Page, PageRequest } from '@eventhorizon/core/shared/page';
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
type MembershipDoc = z.output<typeof membershipSchema>;

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
    {
      name: 'one_owner_per_organization',
      key: { organizationId: 1, role: 1 },
      unique: true,
      partialFilterExpression: { role: 'owner' },
      why: 'an organization has one owner, whatever runs at once; finding them',
    },
    {
      name: 'by_organization',
      key: { organizationId: 1, _id: 1 },
      why: 'the members of an organization, oldest first',
    },
    { name: 'by_user', key: { userId: 1, _id: 1 }, why: 'the organizations of an account, oldest first' },
  ],
});

/** Ids sort by creation, so the id of the last membership is the place to go on from. */
const cursorSchema = z.tuple([idSchema('mbr')]);

const toMembership = (doc: MembershipDoc | null): Membership | null =>
  doc === null ? null : fromDoc<Membership>(doc);

export const mongoMemberships = (db: Db): MembershipStore => {
  const memberships = collectionOf(db, membershipsCollection);
  const listBy = async (
    of: Partial<Pick<Membership, 'userId' | 'organizationId'>>,
    { cursor, limit }: PageRequest,
  ): Promise<Page<Membership>> => {
    const after = cursor === undefined ? {} : { _id: { $gt: decodeCursor(cursor, cursorSchema)[0] } };
    const found = await memberships
      .find({ ...of, ...after })
      .sort({ _id: 1 })
      .limit(limit + 1)
      .toArray();
    const { items, nextCursor } = pageOf(found, limit, ({ _id }) => [_id]);
    return { nextCursor, items: items.map((doc) => fromDoc<Membership>(doc)) };
  };
  return {
    insert: async (tx, membership) => {
      await memberships.insertOne(toDoc(membership), sessionOf(tx));
    },
    find: async (organizationId, userId, tx) =>
      toMembership(await memberships.findOne({ organizationId, userId }, sessionOf(tx))),
    findOwn: async (organizationId, membershipId, tx) =>
      toMembership(await memberships.findOne({ _id: membershipId, organizationId }, sessionOf(tx))),
    findOwner: async (organizationId, tx) =>
      toMembership(await memberships.findOne({ organizationId, role: 'owner' }, sessionOf(tx))),
    listOfUser: (userId, page) => listBy({ userId }, page),
    listOfOrganization: (organizationId, page) => listBy({ organizationId }, page),
    changeRole: async (tx, { id, role: from }, role) => {
      const changed = await memberships.updateOne({ _id: id, role: from }, { $set: { role } }, sessionOf(tx));
      return changed.matchedCount === 1;
    },
    remove: async (tx, { id, role }) =>
      (await memberships.deleteOne({ _id: id, role }, sessionOf(tx))).deletedCount === 1,
  };
};
