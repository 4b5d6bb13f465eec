import type { HttpBindings } from '@hono/node-server';
import { neverAnswer, resetConnection } from './broken-connection.ts';
import type { FaultMode, Faults } from './faults.ts';

/** Executes a call of a provider without idempotency keys, under the switches; `refuse` makes the provider's own error. */
export const withFault = async (
  bindings: HttpBindings,
  faults: Faults,
  call: string,
  refuse: (mode: FaultMode) => Response,
  execute: () => Promise<Response>,
): Promise<Response> => {
  const mode = faults.take(call);
  switch (mode) {
    case null:
      return execute();
    case 'hold':
      await faults.held();
      return execute();
    case 'reset_before':
      return resetConnection(bindings);
    case 'timeout_before':
      return neverAnswer(bindings);
    case 'reset_after':
      await execute();
      return resetConnection(bindings);
    case 'timeout_after':
      await execute();
      return neverAnswer(bindings);
    case 'error_after':
      await execute();
      return refuse(mode);
    default:
      return refuse(mode);
  }
};
