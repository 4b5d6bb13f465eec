import type { CommandStartedEvent, Db, Document, MongoClient } from 'mongodb';
import { expect } from 'vitest';

const EXPLAINABLE = ['find', 'aggregate', 'update', 'delete', 'findAndModify'] as const;

export type QueryWatch = Disposable & {
  /** What was sent since the watch began, by command and collection: `find events`. */
  readonly seen: () => string[];
  /** Asks the server for the plan of every query that was sent; fails on a collection scan or, unless it is allowed, a sort in memory. */
  readonly expectIndexed: (options?: { readonly sortsInMemory?: boolean }) => Promise<void>;
  /** Runs every query that was sent once more and tells at how many index keys and documents each looks. */
  readonly examined: () => Promise<{ readonly keys: number; readonly documents: number }[]>;
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
      commands.push(...singly(started.command).map((command) => ({ kind, command })));
  };
  client.on('commandStarted', record);
  return {
    seen: () => commands.map(({ kind, command }) => `${kind} ${command[kind]}`),
    expectIndexed: async ({ sortsInMemory = false } = {}) => {
      expect(commands.length, 'no query was seen: does the client have monitorCommands?').toBeGreaterThan(0);
      for (const { kind, command } of [...commands]) {
        const stages = new Set(
          stagesOf(await db.command({ explain: bare(command), verbosity: 'queryPlanner' })),
        );
        const forbidden = sortsInMemory ? ['COLLSCAN'] : ['COLLSCAN', 'SORT', '$sort'];
        const bad = forbidden.filter((stage) => stages.has(stage));
        expect(
          bad,
          `${kind} ${JSON.stringify(bare(command))} is planned as ${[...stages].join(' < ')}`,
        ).toEqual([]);
      }
    },
    examined: () =>
      Promise.all(
        commands.map(async ({ command }) => {
          const plan = await db.command({ explain: bare(command), verbosity: 'executionStats' });
          return {
            keys: totalIn(plan, 'totalKeysExamined'),
            documents: totalIn(plan, 'totalDocsExamined'),
          };
        }),
      ),
    [Symbol.dispose]: () => {
      client.off('commandStarted', record);
    },
  };
};

/** A batch of writes as commands of one write each: the server explains no other. */
const singly = (command: Document): Document[] => {
  const writes = ['updates', 'deletes'].find((name) => Array.isArray(command[name]));
  if (writes === undefined) return [command];
  return (command[writes] as readonly Document[]).map((write) => ({ ...command, [writes]: [write] }));
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

/** A total of the executed plan, wherever the explanation has it; 0 where it has none. */
const totalIn = (plan: unknown, total: 'totalKeysExamined' | 'totalDocsExamined'): number => {
  if (typeof plan !== 'object' || plan === null) return 0;
  if (total in plan) return Number((plan as Document)[total]);
  return Object.values(plan).reduce((sum: number, part) => sum + totalIn(part, total), 0);
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
