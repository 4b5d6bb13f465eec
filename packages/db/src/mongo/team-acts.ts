import { ROLES } from '@eventhorizon/core/organizations/capabilities';
import type { TeamActStore } from '@eventhorizon/core/organizations/ports';
import { TEAM_ACTS, type TeamAct } from '@eventhorizon/core/organizations/team-act';
import { decodeCursor, pageOf } from '@eventhorizon/core/shared/cursor';
import { idSchema } from '@eventhorizon/core/shared/ids';
import type { Db } from 'mongodb';
import { z } from 'zod';
import { collectionOf, defineCollection } from './collection.ts';
import { duplicateIndexOf } from './duplicate-key.ts';
import { retryTransaction } from './retry-transaction.ts';
import { sessionOf } from './transaction.ts';

const namedSchema = z.object({ userId: idSchema('usr'), username: z.string() });

const actSchema = z.object({
  /** Organization and number. */
  _id: z.string(),
  organizationId: idSchema('org'),
  number: z.int(),
  kind: z.enum(TEAM_ACTS),
  by: namedSchema.extend({ as: z.enum([...ROLES, 'platform_admin']) }).nullable(),
  member: namedSchema.nullable(),
  invited: z.string().nullable(),
  role: z.enum(ROLES).nullable(),
  what: z.string().nullable(),
  at: z.date(),
});

export const teamActsCollection = defineCollection({
  name: 'teamActs',
  schema: actSchema,
  indexes: [
    {
      name: 'one_per_number',
      key: { organizationId: 1, number: -1 },
      unique: true,
      why: 'acts of an organization are numbered without gaps; pages of them, newest first',
    },
  ],
});

const actOf = ({ _id: _unused, ...act }: z.output<typeof actSchema>): TeamAct => act;
const cursorSchema = z.tuple([z.int()]);

export const mongoTeamActs = (db: Db): TeamActStore => {
  const acts = collectionOf(db, teamActsCollection);
  return {
    record: async (tx, act) => {
      const session = sessionOf(tx);
      const { organizationId } = act;
      const last = await acts.findOne({ organizationId }, { ...session, sort: { number: -1 } });
      const number = (last?.number ?? 0) + 1;
      await acts
        .insertOne({ _id: `${organizationId}/${number}`, number, ...act }, session)
        .catch((error: unknown) => {
          throw duplicateIndexOf(error) === null
            ? error
            : retryTransaction('another act was recorded meanwhile', error);
        });
    },
    list: async (organizationId, { cursor, limit }) => {
      const before = cursor === undefined ? {} : { number: { $lt: decodeCursor(cursor, cursorSchema)[0] } };
      const docs = await acts
        .find({ organizationId, ...before })
        .sort({ number: -1 })
        .limit(limit + 1)
        .toArray();
      return pageOf(docs.map(actOf), limit, ({ number }) => [number]);
    },
  };
};
