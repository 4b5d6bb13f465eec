import { teamActStoreContract } from '@eventhorizon/core/organizations/team-act-store.contract';
import { test } from 'vitest';
import { migratedDatabase } from '../testing/migrated-database.ts';
import { newId } from '../testing/new-id.ts';
import { mongoTeamActs } from './team-acts.ts';
import { watchQueries } from './testing/explain.ts';
import { mongoUnitOfWork } from './unit-of-work.ts';

const open = async () => {
  const t = await migratedDatabase();
  return {
    ...t,
    teamActs: mongoTeamActs(t.db),
    unitOfWork: mongoUnitOfWork({ client: t.client, ring: () => undefined, deadlineMs: 30_000 }),
  };
};

teamActStoreContract(open);

test('the history of a team is read by an index', async () => {
  await using t = await open();
  using queries = watchQueries(t.client, t.db);
  await t.teamActs.list(newId('org'), { limit: 20 });
  await queries.expectIndexed();
});
