import type { ProviderEvent } from '@eventhorizon/core/payments/ports';
import { WebhookSeen, type WebhookStore } from '@eventhorizon/core/payments/stores';
import type { Db } from 'mongodb';
import { z } from 'zod';
import { collectionOf, defineCollection } from './collection.ts';
import { duplicateIndexOf } from './duplicate-key.ts';
import { readIn } from './read-options.ts';
import { sessionOf } from './transaction.ts';

/** Stripe lets people resend an event for 30 days (https://docs.stripe.com/webhooks#retries): remembered for 90. */
const KEEP_S = 90 * 86_400;

const webhookSchema = z.object({
  /** The provider's event id: the same for every delivery. */
  _id: z.string(),
  event: z.custom<ProviderEvent>((value) => typeof value === 'object' && value !== null),
  receivedAt: z.date(),
});

export const webhookEventsCollection = defineCollection({
  name: 'webhookEvents',
  schema: webhookSchema,
  indexes: [
    {
      name: 'expire_old',
      key: { receivedAt: 1 },
      expireAfterSeconds: KEEP_S,
      why: 'no delivery is repeated after this long',
    },
  ],
});

export const mongoWebhookEvents = (db: Db): WebhookStore => {
  const webhooks = collectionOf(db, webhookEventsCollection);
  return {
    insert: async (tx, { id, event, receivedAt }) => {
      try {
        await webhooks.insertOne({ _id: id, event, receivedAt }, sessionOf(tx));
      } catch (error) {
        if (duplicateIndexOf(error) === '_id_') throw new WebhookSeen(`${id} came before`, { cause: error });
        throw error;
      }
    },
    find: async (id) => {
      const doc = await webhooks.findOne({ _id: id }, readIn());
      return doc === null ? null : { id: doc._id, event: doc.event, receivedAt: doc.receivedAt };
    },
  };
};
