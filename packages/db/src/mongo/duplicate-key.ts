import { MongoServerError } from 'mongodb';

/** The name of the unique index that refused a write, or null when the error is something else. Map by this name only. */
export const duplicateIndexOf = (error: unknown): string | null => {
  if (!(error instanceof MongoServerError) || error.code !== 11_000) return null;
  return /index: (?:\S+\$)?(\S+) dup key/.exec(error.message)?.[1] ?? null;
};
