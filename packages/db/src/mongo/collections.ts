import type { CollectionDefinition } from './collection.ts';
import { membershipsCollection } from './memberships.ts';
import { notificationsCollection } from './notifications.ts';
import { organizationsCollection } from './organizations.ts';
import { outboxCollection } from './outbox.ts';
import { sessionsCollection } from './sessions.ts';
import { usersCollection } from './users.ts';

/** Every collection there is; `migrate` and the index test go by this list. */
export const collections: readonly CollectionDefinition[] = [
  notificationsCollection as unknown as CollectionDefinition,
  outboxCollection as unknown as CollectionDefinition,
  usersCollection as unknown as CollectionDefinition,
  sessionsCollection as unknown as CollectionDefinition,
  organizationsCollection as unknown as CollectionDefinition,
  membershipsCollection as unknown as CollectionDefinition,
];
