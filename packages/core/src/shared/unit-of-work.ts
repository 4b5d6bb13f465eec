import type { OutboxMessage } from './outbox.ts';

declare const txBrand: unique symbol;
/** A running transaction, handed to every store call that must be part of it. Opaque to core. */
export type Tx = { readonly [txBrand]: true };

/**
 * Runs `work` in one transaction (write concern majority, snapshot reads). The whole of `work` is run again on a
 * transient conflict, so it must have no effect outside `tx`; after 5 tries or 2 s it throws
 * DomainError `busy.try_again`: nothing was changed. When the commit was sent and its answer is lost it throws
 * `deadline.passed`: look for the effect by its own key. A DomainError thrown by `work` aborts and passes through.
 * Outbox rows added to `tx` are rung for after the commit.
 */
export type UnitOfWork = { readonly run: <T>(work: (tx: Tx) => Promise<T>) => Promise<T> };

/** Where intents live: rows written in the transaction of their cause. */
export type Outbox = { readonly add: (tx: Tx, messages: readonly OutboxMessage[]) => Promise<void> };
