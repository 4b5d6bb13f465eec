import type { AccessTokens, SessionStore } from '@eventhorizon/core/identity/ports';
import { SECOND_MS } from '@eventhorizon/core/shared/clock';
import { identityWorld, registerAda } from '@eventhorizon/core/testing/identity-world';
import { describe, expect, test } from 'vitest';
import { followEndedSessions } from './follow-ended-sessions.ts';
import { createHearing, MAX_SILENCE_MS, whileHearing } from './hearing.ts';
import { type ManualTimers, manualTimers } from './live/testing/manual-timers.ts';

/** So soon who is shut out in one process is out in every other. */
const OUT_WITHIN_MS = 5 * SECOND_MS;

/** A process that follows the sessions of a database that another one ends; `lookMs`: how long the database takes to answer. */
const followed = async ({
  lookMs = 0,
  timersOf = (timers: ManualTimers): Pick<ManualTimers, 'nowMs' | 'after'> => timers,
} = {}) => {
  const world = identityWorld();
  const { account, accessToken } = await registerAda(world);
  const { sessionId } = await world.accessTokens.verify(accessToken);
  const manual = manualTimers();
  const database = { away: false };
  const begunAtMs: number[] = [];
  const listEndedSince: SessionStore['listEndedSince'] = async (since) => {
    begunAtMs.push(manual.nowMs());
    if (database.away) throw new Error('away');
    const seen = await world.sessions.listEndedSince(since);
    if (lookMs > 0) await new Promise<void>((resolve) => void manual.after(lookMs, resolve));
    return seen;
  };
  const hearing = createHearing(manual);
  const errors: unknown[] = [];
  const stop = followEndedSessions(
    {
      ...world,
      timers: timersOf(manual),
      hearing,
      sessions: { ...world.sessions, listEndedSince },
      administration: { listSuspendedSince: async () => [] },
    },
    (error) => errors.push(error),
  );
  await manual.pass(0);
  return {
    world,
    manual,
    database,
    hearing,
    errors,
    begunAtMs,
    stop,
    accessToken,
    endElsewhere: () => world.sessions.endAll(account.id, 'suspended', world.clock.now()),
    isOut: () => world.accessTokens.forgotten.includes(sessionId),
  };
};

describe('a session that ended in another process', () => {
  test.each([0, 500, 1_500])(
    'is over here within 5 s at whatever moment it ended, also when a look takes %i ms',
    async (lookMs) => {
      for (let atMs = 100; atMs <= 6_000; atMs += 100) {
        const process = await followed({ lookMs });
        await process.manual.pass(atMs);
        await process.endElsewhere();
        await process.manual.pass(OUT_WITHIN_MS);
        expect(process.isOut()).toBe(true);
        process.stop();
      }
    },
  );

  test('twin: looked for every 8 s, it goes on for longer', async () => {
    const process = await followed({
      timersOf: (manual) => ({ ...manual, after: (_ms, run) => manual.after(8 * SECOND_MS, run) }),
    });
    await process.manual.pass(100);
    await process.endElsewhere();
    await process.manual.pass(OUT_WITHIN_MS);
    expect(process.isOut()).toBe(false);
    process.stop();
  });

  test('is heard of after an outage, however long it was, and nothing is asked once it is stopped', async () => {
    const process = await followed();
    process.database.away = true;
    await process.endElsewhere();
    process.world.clock.advance(5 * 60 * SECOND_MS);
    await process.manual.pass(5 * 60 * SECOND_MS);
    expect(process.isOut()).toBe(false);
    expect(process.errors.length).toBeGreaterThan(1);
    process.database.away = false;
    await process.manual.pass(OUT_WITHIN_MS);
    expect(process.isOut()).toBe(true);
    process.stop();
    const looks = process.begunAtMs.length;
    await process.manual.pass(60 * SECOND_MS);
    expect(process.begunAtMs).toHaveLength(looks);
  });
});

describe('a process that hears of no ends', () => {
  const verified = (tokens: AccessTokens, token: string) =>
    tokens.verify(token).then(
      () => 'served',
      (error: { code?: string }) => error.code,
    );
  const silent = async (tokensOf = whileHearing) => {
    const process = await followed();
    const tokens = tokensOf(process.world.accessTokens, process.hearing);
    const ask = () => verified(tokens, process.accessToken);
    process.database.away = true;
    await process.manual.pass(MAX_SILENCE_MS - SECOND_MS);
    const before = await ask();
    await process.manual.pass(4 * SECOND_MS);
    const after = await ask();
    process.database.away = false;
    await process.manual.pass(OUT_WITHIN_MS);
    const again = await ask();
    process.stop();
    return { before, after, again };
  };

  test('serves accounts through an election, none for longer, and all again as soon as it hears', async () => {
    expect(await silent()).toEqual({ before: 'served', after: 'service.unreachable', again: 'served' });
  });

  test('twin: without the check its accounts go on for as long as their tokens', async () => {
    expect(await silent((inner) => inner)).toMatchObject({ after: 'served' });
  });
});
