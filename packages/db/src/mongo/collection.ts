import type { Db, Document, IndexDirection, Collection as MongoCollection } from 'mongodb';
import type { z } from 'zod';

/** A named index with the reason it exists. `migrate` creates exactly these and a test compares them with the server's. */
export type IndexDefinition = {
  readonly name: string;
  readonly key: Readonly<Record<string, IndexDirection>>;
  /** The query or the guarantee that needs it. */
  readonly why: string;
  readonly unique?: boolean;
  readonly partialFilterExpression?: Document;
  readonly expireAfterSeconds?: number;
};

/** A field that documents of an older version lack, and how it follows from one that they have. `migrate` fills it in. */
export type Backfill<D extends Document = Document> = {
  readonly field: string;
  readonly from: string;
  /** What is amiss without it. */
  readonly why: string;
  // A method, so that a definition of some documents is one of any.
  derive(document: D): unknown;
};

/** One collection: its name, the shape of its documents and its indexes. The store in the same file is the only user of it. */
export type CollectionDefinition<D extends Document = Document> = {
  readonly name: string;
  readonly schema: z.ZodType<D>;
  readonly indexes: readonly IndexDefinition[];
  readonly backfills?: readonly Backfill<D>[];
};

export const defineCollection = <D extends Document>(
  definition: CollectionDefinition<D>,
): CollectionDefinition<D> => definition;

export const collectionOf = <D extends Document>(
  db: Db,
  definition: CollectionDefinition<D>,
): MongoCollection<D> => db.collection<D>(definition.name);

/** An entity's `id` is the document's `_id`. */
export type DocOf<E extends { id: string }> = Omit<E, 'id'> & { _id: E['id'] };

export const toDoc = <E extends { id: string }>({ id, ...rest }: E): DocOf<E> =>
  ({ _id: id, ...rest }) as DocOf<E>;

export const fromDoc = <E extends { id: string }>({ _id, ...rest }: DocOf<E>): E =>
  ({ id: _id, ...rest }) as unknown as E;
