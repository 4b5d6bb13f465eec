import type { JoinLimit } from '@eventhorizon/core/waiting-room/ports';
import { rateKey } from './keys.ts';
import type { ScriptRunner } from './script-runner.ts';

/**
 * A token bucket per address, shared by all processes: an office or a campus behind one address comes in, a script that wants a thousand
 * passes gets one a second. Budget: one round trip.
 */
export const createJoinLimit = (
  { run }: ScriptRunner,
  { perSecond = 1, burst = 50 }: { readonly perSecond?: number; readonly burst?: number } = {},
): JoinLimit => ({
  take: async (address) =>
    (await run('take-token', [rateKey(`join:${address}`)], [perSecond, burst])).word === 'taken',
});
