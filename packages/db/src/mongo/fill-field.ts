import type { Db, Document } from 'mongodb';
import { type Backfill, type CollectionDefinition, collectionOf } from './collection.ts';
import { readIn } from './read-options.ts';

/** Documents that are read and written at once. */
const BATCH = 500;
/** How often a document is looked at that is changed each time before it is written. */
const LOOKS = 50;

/**
 * Gives every document without the field its value; one that has it is left as it is. In the order of ids, a batch at a time, so that it may
 * die anywhere and be run again. Whoever changes a document meanwhile wins: it is written only with the source that was read, and
 * looked at again otherwise. Reads the collection through once, also when nothing is amiss. Returns how many were filled in.
 */
export const fillField = async (
  db: Db,
  definition: CollectionDefinition,
  { field, from, derive }: Backfill,
): Promise<number> => {
  const documents = collectionOf(db, definition);
  const absent = { [field]: { $exists: false } };
  let filled = 0;
  let after: Document['_id'] | null = null;
  for (let first: Document['_id'] | null = null, looks = 1; ; ) {
    const batch: Document[] = await documents
      .find({ ...absent, ...(after !== null && { _id: { $gt: after } }) }, readIn())
      .sort({ _id: 1 })
      .limit(BATCH)
      .toArray();
    if (batch.length === 0) return filled;
    looks = batch[0]?._id === first ? looks + 1 : 1;
    first = batch[0]?._id;
    const { modifiedCount } = await documents.bulkWrite(
      batch.map((document) => ({
        updateOne: {
          filter: { _id: document._id, ...absent, [from]: document[from] },
          update: { $set: { [field]: derive(document) } },
        },
      })),
      { ordered: false },
    );
    filled += modifiedCount;
    // Else some were changed meanwhile and may lack it still, or another migration has given it to them.
    if (modifiedCount === batch.length) after = batch.at(-1)?._id;
    else if (looks === LOOKS) throw new Error(`${first} changes all the time`);
  }
};
