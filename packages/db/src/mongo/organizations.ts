import type { Organization } from '@eventhorizon/core/organizations/organization';
import type { OrganizationStore } from '@eventhorizon/core/organizations/ports';
import { DomainError } from '@eventhorizon/core/shared/errors';
import { idSchema } from '@eventhorizon/core/shared/ids';
import type { Db } from 'mongodb';
import { z } from 'zod';
import { collectionOf, defineCollection, fromDoc, toDoc } from './collection.ts';
import { duplicateIndexOf } from './duplicate-key.ts';
import { readIn } from './read-options.ts';
import { sessionOf } from './transaction.ts';

const organizationSchema = z.object({
  _id: idSchema('org'),
  name: z.string(),
  slug: z.string().nullable(),
  description: z.string(),
  contactEmail: z.string().nullable(),
  createdBy: idSchema('usr'),
  createdAt: z.date(),
  /** Counts the changes of its team: see takeTurn. */
  teamRevision: z.int().optional(),
});
type OrganizationDoc = z.output<typeof organizationSchema>;

export const organizationsCollection = defineCollection({
  name: 'organizations',
  schema: organizationSchema,
  indexes: [
    {
      name: 'one_per_slug',
      key: { slug: 1 },
      unique: true,
      // Strings only. The planner does not see that a string is of `$type: 'string'`, and would not use the index.
      partialFilterExpression: { slug: { $gt: '' } },
      why: 'a name in addresses leads to one organization',
    },
  ],
});

/** Fields that organizations from before them lack. */
const ADDED_LATER = { slug: null, description: '', contactEmail: null };

const toOrganization = ({ teamRevision: _turns, ...doc }: OrganizationDoc): Organization => ({
  ...ADDED_LATER,
  ...fromDoc<Organization>(doc),
});

export const mongoOrganizations = (db: Db): OrganizationStore => {
  const organizations = collectionOf(db, organizationsCollection);
  return {
    insert: async (tx, organization) => {
      await organizations.insertOne(toDoc(organization), sessionOf(tx));
    },
    find: async (id, tx) => {
      const doc = await organizations.findOne({ _id: id }, readIn(tx));
      return doc === null ? null : toOrganization(doc);
    },
    findBySlug: async (slug) => {
      const doc = await organizations.findOne({ slug });
      return doc === null ? null : toOrganization(doc);
    },
    findMany: async (ids) =>
      (await organizations.find({ _id: { $in: [...ids] } }).toArray()).map(toOrganization),
    changeProfile: async (tx, id, changes) => {
      const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
      // An empty $set is refused by the server, and there is nothing to change.
      const doc =
        Object.keys(given).length === 0
          ? await organizations.findOne({ _id: id }, sessionOf(tx))
          : await organizations
              .findOneAndUpdate({ _id: id }, { $set: given }, { ...sessionOf(tx), returnDocument: 'after' })
              .catch((error: unknown) => {
                throw duplicateIndexOf(error) === 'one_per_slug'
                  ? new DomainError('organization.slug_taken', {}, { cause: error })
                  : error;
              });
      return doc === null ? null : toOrganization(doc);
    },
    takeTurn: async (tx, id) => {
      const taken = await organizations.updateOne({ _id: id }, { $inc: { teamRevision: 1 } }, sessionOf(tx));
      return taken.matchedCount === 1;
    },
  };
};
