import type { CollectionDefinition } from './collection.ts';
import { outboxCollection } from './outbox.ts';

/** Every collection there is; `migrate` and the index test go by this list. */
export const collections: readonly CollectionDefinition[] = [
  outboxCollection as unknown as CollectionDefinition,
];
