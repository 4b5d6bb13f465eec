import { TRPCClientError } from '@trpc/client';
import { describe, expect, it } from 'vitest';
import { type ApiRefusal, domainErrorOf } from './domain-error.ts';
import { type InsistOptions, insistently } from './insistently.ts';

/** An error as the link makes it of an answer of the API. */
const refusedWith = (refusal: object): Error =>
  new TRPCClientError('refused', { result: { error: { data: { domain: refusal } } } } as never);
const converting = refusedWith({ code: 'hold.converting', kind: 'conflict', details: {} });
const busy = refusedWith({ code: 'busy.try_again', kind: 'unavailable', details: { retryAfterMs: 700 } });
const taken = refusedWith({ code: 'units.taken', kind: 'conflict', details: {} });

/** A service that refuses so often, then answers; what it was asked, and how long the caller waited each time. */
const asked = async (refusals: readonly Error[], options: InsistOptions = {}) => {
  const waits: number[] = [];
  let calls = 0;
  const call = async () => {
    const refusal = refusals[calls];
    calls += 1;
    if (refusal !== undefined) throw refusal;
    return 'answered';
  };
  const pause = async (ms: number) => void waits.push(ms);
  const outcome = await insistently(call, { pause, ...options }).catch(
    (error: unknown) => domainErrorOf(error)?.code satisfies ApiRefusal['code'] | undefined,
  );
  return { outcome, calls, waits };
};

describe('a call that is made insistently', () => {
  it('waits for so long as the service says while it is busy', async () => {
    expect(await asked([busy, busy])).toEqual({ outcome: 'answered', calls: 3, waits: [700, 700] });
  });

  it('waits while an earlier try of the same checkout is still at work', async () => {
    expect(await asked([converting, busy, converting])).toEqual({
      outcome: 'answered',
      calls: 4,
      waits: [3_500, 700, 3_500],
    });
  });

  it('ends with the refusal, after longer than a conversion can last that nobody finishes', async () => {
    const { outcome, calls, waits } = await asked(Array.from({ length: 100 }, () => converting));
    expect([outcome, calls]).toEqual(['hold.converting', 20]);
    expect(waits.reduce((sum, ms) => sum + ms, 0)).toBeGreaterThan(60_000);
  });

  it('twin: told to try once, the buyer gets the refusal though his seats are still his', async () => {
    expect(await asked([converting], { tries: 1 })).toMatchObject({ outcome: 'hold.converting', calls: 1 });
  });

  it('is not repeated when that is of no use: any other refusal, or an error that is none', async () => {
    expect(await asked([taken])).toEqual({ outcome: 'units.taken', calls: 1, waits: [] });
    expect(await asked([new TypeError('a bug')])).toEqual({ outcome: undefined, calls: 1, waits: [] });
  });
});
