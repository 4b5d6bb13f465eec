import type { ProviderRateLimit } from '@eventhorizon/core/payments/ports';
import { rateKey } from './keys.ts';
import type { ScriptRunner } from './script-runner.ts';

/**
 * A token bucket per provider account, shared by all processes. Default 20 calls a second (ARCHITECTURE §4, Payment), with as
 * much as one second's worth at once. Budget: one round trip.
 */
export const createProviderRateLimit = (
  { run }: ScriptRunner,
  { perSecond = 20, burst = perSecond }: { readonly perSecond?: number; readonly burst?: number } = {},
): ProviderRateLimit => ({
  take: async (account) =>
    (await run('take-token', [rateKey(`provider:${account}`)], [perSecond, burst])).word === 'taken',
});
