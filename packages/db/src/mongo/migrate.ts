import type { Db } from 'mongodb';
import type { CollectionDefinition } from './collection.ts';

export type MigrationReport = {
  readonly created: readonly string[];
  readonly indexes: readonly string[];
  /** Indexes that are there and declared nowhere: of an older version, or made by hand. */
  readonly undeclared: readonly string[];
};

/**
 * Creates missing collections and indexes. Fails loudly, naming the index, when one exists with another definition or
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
  for (const { name, indexes: wanted } of definitions) {
    if (!existing.has(name)) {
      await db.createCollection(name);
      created.push(name);
    }
    for (const { key, why: _why, name: indexName, ...options } of wanted) {
      try {
        await db.collection(name).createIndex({ ...key }, { name: indexName, ...options });
        indexes.push(`${name}.${indexName}`);
      } catch (cause) {
        const reason = cause instanceof Error ? cause.message : String(cause);
        throw new Error(`migration stopped at index ${name}.${indexName}: ${reason}`, { cause });
      }
    }
    const declared = new Set(['_id_', ...wanted.map((index) => index.name)]);
    const found = await db.collection(name).listIndexes().toArray();
    for (const index of found) if (!declared.has(index.name)) undeclared.push(`${name}.${index.name}`);
  }
  return { created, indexes, undeclared };
};
