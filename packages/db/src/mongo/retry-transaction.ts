import { MongoError } from 'mongodb';

/** An error that makes the unit of work run the whole transaction again: what was read has changed meanwhile. */
export const retryTransaction = (reason: string, cause?: unknown): MongoError => {
  const error = new MongoError(reason, cause instanceof Error ? { cause } : {});
  error.addErrorLabel('TransientTransactionError');
  return error;
};
