import type { Tx } from '@eventhorizon/core/shared/unit-of-work';
import type { ClientSession } from 'mongodb';

/** A row of the outbox that was added in a transaction and is to be rung for after its commit. */
export type AddedRow = { readonly id: string; readonly job: string; readonly dueAt: Date };

/** What a `Tx` is inside this package. */
export type MongoTx = { readonly session: ClientSession; readonly added: AddedRow[] };

export const asTx = (tx: MongoTx): Tx => tx as unknown as Tx;
export const mongoTxOf = (tx: Tx): MongoTx => tx as unknown as MongoTx;

/** The `session` option of a driver call; nothing outside a transaction. */
export const sessionOf = (tx: Tx | null | undefined): { session?: ClientSession } =>
  tx === null || tx === undefined ? {} : { session: mongoTxOf(tx).session };
