import type { Db } from 'mongodb';
import type { CollectionDefinition } from './collection.ts';
import { fillField } from './fill-field.ts';

export type MigrationReport = {
  readonly created: readonly string[];
  readonly indexes: readonly string[];
  /** Indexes that are there and declared nowhere: of an older version, or made by hand. */
  readonly undeclared: readonly string[];
  /** Fields that documents of an older version lacked, and how many have them now. */
  readonly filled: Readonly<Record<string, number>>;
};

/**
 * Creates missing collections and indexes, then fills in what documents of an older version lack. Fails loudly, naming it, when an index exists with another definition or
 * existing documents violate it: a missing unique index is a double sale waiting to happen. Safe to run again. Drops nothing: what is
 * not declared any more may still serve processes of the version before.
 */
export const migrate = async (
  db: Db,
  definitions: readonly CollectionDefinition[],
): Promise<MigrationReport> => {
  const existing = new Set(
    (await db.listCollections({}, { nameOnly: true }).toArray()).map(({ name }) => name),
  );
  const created: string[] = [];
  const indexes: string[] = [];
  const undeclared: string[] = [];
  const filled: Record<string, number> = {};
  for (const definition of definitions) {
    const { name, indexes: wanted, backfills = [] } = definition;
    if (!existing.has(name)) {
      await db.createCollection(name);
      created.push(name);
    }
    for (const { key, why: _why, name: indexName, ...options } of wanted) {
      try {
        await db.collection(name).createIndex({ ...key }, { name: indexName, ...options });
        indexes.push(`${name}.${indexName}`);
      } catch (cause) {
        throw stopped(`index ${name}.${indexName}`, cause);
      }
    }
    const declared = new Set(['_id_', ...wanted.map((index) => index.name)]);
    const found = await db.collection(name).listIndexes().toArray();
    for (const index of found) if (!declared.has(index.name)) undeclared.push(`${name}.${index.name}`);
    for (const backfill of backfills) {
      const field = `${name}.${backfill.field}`;
      const count = await fillField(db, definition, backfill).catch((cause: unknown) => {
        throw stopped(`field ${field}`, cause);
      });
      if (count > 0) filled[field] = count;
    }
  }
  return { created, indexes, undeclared, filled };
};

const stopped = (at: string, cause: unknown): Error =>
  new Error(`migration stopped at ${at}: ${cause instanceof Error ? cause.message : String(cause)}`, {
    cause,
  });
