import { rateKey } from './keys.ts';
import type { ScriptRunner } from './script-runner.ts';

export type AddressRateLimit = {
  /** false: this address has asked too often. */
  readonly take: (address: string) => Promise<boolean>;
};

/** A token bucket for each address under the name of what it asks for, shared by all processes. Budget: one round trip. */
export const createAddressRateLimit = (
  { run }: ScriptRunner,
  what: string,
  { perSecond, burst }: { readonly perSecond: number; readonly burst: number },
): AddressRateLimit => ({
  take: async (address) =>
    (await run('take-token', [rateKey(`${what}:${address}`)], [perSecond, burst])).word === 'taken',
});
