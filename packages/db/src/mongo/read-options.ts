import type { Tx } from '@eventhorizon/core/shared/unit-of-work';
import type { ClientSession, ReadConcernLike } from 'mongodb';
import { sessionOf } from './transaction.ts';

/** Reads as part of `tx`; outside one only what a majority has, so that nothing read can be rolled back. */
export const readIn = (tx?: Tx): { session?: ClientSession; readConcern?: ReadConcernLike } =>
  tx === undefined ? { readConcern: { level: 'majority' } } : sessionOf(tx);
