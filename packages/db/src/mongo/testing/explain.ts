import type { CommandStartedEvent, Db, Document, MongoClient } from 'mongodb';
import { expect } from 'vitest';

const EXPLAINABLE = ['find', 'aggregate', 'update', 'delete', 'findAndModify'] as const;

export type QueryWatch = Disposable & {
  /** What was sent since the watch began, by command and collection: `find events`. */
  readonly seen: () => string[];
  /** Asks the server for the plan of every query that was sent; fails on a collection scan or a sort in memory. */
  readonly expectIndexed: () => Promise<void>;
};

/**
 * Records every query that `client` sends (it needs `monitorCommands: true`), so that a test explains what a store really asks and not a copy:
 * `const t = await testDatabase({ monitorCommands: true }); using queries = watchQueries(t.client, t.db);`
 */
export const watchQueries = (client: MongoClient, db: Db): QueryWatch => {
  const commands: { kind: (typeof EXPLAINABLE)[number]; command: Document }[] = [];
  const record = (started: CommandStartedEvent): void => {
    const kind = EXPLAINABLE.find((name) => name === started.commandName);
    if (kind !== undefined && started.databaseName === db.databaseName && !('explain' in started.command))
      commands.push({ kind, command: started.command });
  };
  client.on('commandStarted', record);
  return {
    seen: () => commands.map(({ kind, command }) => `${kind} ${command[kind]}`),
    expectIndexed: async () => {
      expect(commands.length, 'no query was seen: does the client have monitorCommands?').toBeGreaterThan(0);
      for (const { kind, command } of [...commands]) {
        const stages = new Set(
          stagesOf(await db.command({ explain: bare(command), verbosity: 'queryPlanner' })),
        );
        const bad = ['COLLSCAN', 'SORT', '$sort'].filter((stage) => stages.has(stage));
        expect(
          bad,
          `${kind} ${JSON.stringify(bare(command))} is planned as ${[...stages].join(' < ')}`,
        ).toEqual([]);
      }
    },
    [Symbol.dispose]: () => {
      client.off('commandStarted', record);
    },
  };
};

/** A command without what belongs to the session and the connection that sent it. */
const bare = (command: Document): Document => {
  const session = [
    'lsid',
    '$db',
    '$clusterTime',
    'txnNumber',
    'startTransaction',
    'autocommit',
    'readConcern',
    'writeConcern',
    '$readPreference',
  ];
  return Object.fromEntries(Object.entries(command).filter(([key]) => !session.includes(key)));
};

/** All stages of the winning plans in an explanation; rejected plans do not count. */
const stagesOf = (plan: unknown): string[] => {
  if (Array.isArray(plan)) return plan.flatMap(stagesOf);
  if (typeof plan !== 'object' || plan === null) return [];
  return Object.entries(plan).flatMap(([key, value]) => {
    if (key === 'rejectedPlans' || key === 'command') return [];
    if (key === 'stage' && typeof value === 'string') return [value];
    return key === '$sort' ? ['$sort'] : stagesOf(value);
  });
};
