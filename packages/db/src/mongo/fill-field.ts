import type { Db, Document } from 'mongodb';
import { type Backfill, type CollectionDefinition, collectionOf } from './collection.ts';
import { readIn } from './read-options.ts';

/** Documents that are read and written at once. */
const BATCH = 500;
/** How often a batch is looked at again whose documents were changed meanwhile. */
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
  for (let after: Document['_id'] | null = null, looks = 1; ; looks += 1) {
    const batch: Document[] = await documents
      .find({ ...absent, ...(after !== null && { _id: { $gt: after } }) }, readIn())
      .sort({ _id: 1 })
      .limit(BATCH)
      .toArray();
    if (batch.length === 0) return filled;
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
    // Else some were changed meanwhile, and lack it still.
    if (modifiedCount === batch.length) [after, looks] = [batch.at(-1)?._id, 0];
    else if (looks === LOOKS) throw new Error(`documents from ${batch[0]?._id} on change all the time`);
  }
};
