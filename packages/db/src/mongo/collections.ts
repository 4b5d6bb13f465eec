import type { CollectionDefinition } from './collection.ts';
import { notificationsCollection } from './notifications.ts';
import { outboxCollection } from './outbox.ts';

/** Every collection there is; `migrate` and the index test go by this list. */
export const collections: readonly CollectionDefinition[] = [
  notificationsCollection as unknown as CollectionDefinition,
  outboxCollection as unknown as CollectionDefinition,
];
