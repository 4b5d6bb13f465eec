import type { TicketLinkStore } from '@eventhorizon/core/notifications/ports';
import { idSchema } from '@eventhorizon/core/shared/ids';
import type { Db } from 'mongodb';
import { z } from 'zod';
import { collectionOf, defineCollection } from './collection.ts';

const ticketLinkSchema = z.object({
  /** The hash of the code. */
  _id: z.string(),
  bookingId: idSchema('bkg'),
  ticketId: idSchema('tkt').optional(),
  createdAt: z.date(),
  dropAt: z.date(),
});

export const ticketLinksCollection = defineCollection({
  name: 'ticketLinks',
  schema: ticketLinkSchema,
  indexes: [
    {
      name: 'expire_dropped',
      key: { dropAt: 1 },
      expireAfterSeconds: 0,
      why: 'links of events that are long over are forgotten',
    },
  ],
});

export const mongoTicketLinks = (db: Db): TicketLinkStore => {
  const links = collectionOf(db, ticketLinksCollection);
  return {
    insert: async ({ hash, ...rest }) => {
      await links.insertOne({ _id: hash, ...rest });
    },
    find: async (hash) => {
      const doc = await links.findOne({ _id: hash });
      if (doc === null) return null;
      const { _id, ...rest } = doc;
      return { hash: _id, ...rest };
    },
  };
};
