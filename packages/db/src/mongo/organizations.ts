import type { Organization } from '@eventhorizon/core/organizations/organization';
import type { OrganizationStore } from '@eventhorizon/core/organizations/ports';
import { idSchema } from '@eventhorizon/core/shared/ids';
import type { Db } from 'mongodb';
import { z } from 'zod';
import { collectionOf, defineCollection, fromDoc, toDoc } from './collection.ts';
import { readIn } from './read-options.ts';
import { sessionOf } from './transaction.ts';

const organizationSchema = z.object({
  _id: idSchema('org'),
  name: z.string(),
  createdBy: idSchema('usr'),
  createdAt: z.date(),
});

/** Found by id only, so it needs no index of its own. */
export const organizationsCollection = defineCollection({
  name: 'organizations',
  schema: organizationSchema,
  indexes: [],
});

export const mongoOrganizations = (db: Db): OrganizationStore => {
  const organizations = collectionOf(db, organizationsCollection);
  return {
    insert: async (tx, organization) => {
      await organizations.insertOne(toDoc(organization), sessionOf(tx));
    },
    find: async (id, tx) => {
      const doc = await organizations.findOne({ _id: id }, readIn(tx));
      return doc === null ? null : fromDoc<Organization>(doc);
    },
    findMany: async (ids) =>
      (await organizations.find({ _id: { $in: [...ids] } }).toArray()).map((doc) =>
        fromDoc<Organization>(doc),
      ),
  };
};
