import type { Tx, UnitOfWork } from '@eventhorizon/core/shared/unit-of-work';
import { asTx } from '../mongo/transaction.ts';

// `sessionOf` of this gives no session: every write stands for itself.
const outsideAnyTransaction = (): Tx =>
  asTx({ session: undefined, added: [] } as unknown as Parameters<typeof asTx>[0]);

/** For twins: a unit of work whose writes do not belong together. */
export const noTransaction: UnitOfWork = { run: (work) => work(outsideAnyTransaction()) };
