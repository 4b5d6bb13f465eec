import {
  MongoError,
  MongoErrorLabel,
  MongoNetworkError,
  MongoNotConnectedError,
  MongoOperationTimeoutError,
  MongoServerSelectionError,
  MongoTopologyClosedError,
} from 'mongodb';

const OUTAGES = [
  MongoNetworkError,
  MongoServerSelectionError,
  MongoNotConnectedError,
  MongoTopologyClosedError,
  MongoOperationTimeoutError,
];

/**
 * Whether an error says that the server could not be reached or is changing its primary, so that trying again later makes sense.
 * Says nothing about whether a write happened.
 */
export const isMongoOutage = (error: unknown): boolean =>
  OUTAGES.some((outage) => error instanceof outage) ||
  (error instanceof MongoError &&
    (error.name === 'MongoWaitQueueTimeoutError' ||
      error.hasErrorLabel(MongoErrorLabel.RetryableWriteError)));
