import { expect, test } from 'vitest';
import { DAY_MS, SECOND_MS } from '../shared/clock.ts';
import { identityWorld, registerAda } from '../testing/identity-world.ts';
import { logOut } from './log-out.ts';
import type { SessionStore } from './ports.ts';
import { refreshSession } from './refresh-session.ts';

/** Both callers have read the session before either writes: the interleaving that the compare-and-set is for. */
const bothReadFirst = (sessions: SessionStore): SessionStore => {
  let readers = 0;
  let open: () => void = () => undefined;
  const both = new Promise<void>((resolve) => {
    open = resolve;
  });
  return {
    ...sessions,
    find: async (id) => {
      const found = await sessions.find(id);
      readers += 1;
      if (readers === 2) open();
      if (readers <= 2) await both;
      return found;
    },
  };
};

/** Raises the generation whatever it is: what `$inc` without a condition would do. */
const withoutCompareAndSet = (sessions: SessionStore): SessionStore => ({
  ...sessions,
  saveRotation: async (rotated) => {
    for (;;) {
      const now = await sessions.find(rotated.id);
      if (await sessions.saveRotation({ ...rotated, generation: (now?.generation ?? 0) + 1 })) return true;
    }
  },
});

/** Two refreshes with one token at once, then one with what they were given: does the session survive it? */
const raceOf = async (protection: (sessions: SessionStore) => SessionStore) => {
  const world = identityWorld();
  const { refreshToken } = await registerAda(world);
  const deps = { ...world, sessions: bothReadFirst(protection(world.sessions)) };
  const answers = await Promise.all([
    refreshSession(deps, { refreshToken }),
    refreshSession(deps, { refreshToken }),
  ]);
  const successors = new Set(answers.map((answer) => answer.refreshToken));
  const [successor = ''] = successors;
  const survives = await refreshSession(world, { refreshToken: successor }).then(
    () => true,
    () => false,
  );
  return { successors: successors.size, survives };
};

test('a refresh gives the next token and a new access token', async () => {
  const world = identityWorld();
  const first = await registerAda(world);
  world.clock.advance(DAY_MS);
  const second = await refreshSession(world, first);
  expect(second.refreshToken).not.toBe(first.refreshToken);
  expect(second.account).toEqual(first.account);
  expect(await world.accessTokens.verify(second.accessToken)).toMatchObject({ userId: first.account.id });
  await expect(refreshSession(world, second)).resolves.toBeDefined();
});

test('a lost answer is asked for again: the same successor, and the session goes on', async () => {
  const world = identityWorld();
  const first = await registerAda(world);
  const lost = await refreshSession(world, first);
  world.clock.advance(30 * SECOND_MS);
  const again = await refreshSession(world, first);
  expect(again.refreshToken).toBe(lost.refreshToken);
  await expect(refreshSession(world, again)).resolves.toBeDefined();
});

test('a token used again after 30 s ends the family, the newest token included', async () => {
  const world = identityWorld();
  const first = await registerAda(world);
  const second = await refreshSession(world, first);
  world.clock.advance(30 * SECOND_MS + 1);
  await expect(refreshSession(world, first)).rejects.toMatchObject({ code: 'auth.session_ended' });
  await expect(refreshSession(world, second)).rejects.toMatchObject({ code: 'auth.session_ended' });
  expect(world.accessTokens.forgotten).toHaveLength(1);
});

test('two parallel refreshes with one token get one successor, and it works', async () => {
  expect(await raceOf((sessions) => sessions)).toEqual({ successors: 1, survives: true });
});

test('twin: without the compare-and-set the race rotates twice and the client is thrown out', async () => {
  expect(await raceOf(withoutCompareAndSet)).toMatchObject({ survives: false });
});

test('a forged token is refused and does not end the session that it names', async () => {
  const world = identityWorld();
  const first = await registerAda(world);
  const second = await refreshSession(world, first);
  world.clock.advance(DAY_MS);
  const forged = first.refreshToken.replace('signed', 'forged');
  await expect(refreshSession(world, { refreshToken: forged })).rejects.toMatchObject({
    code: 'auth.session_ended',
  });
  await expect(refreshSession(world, second)).resolves.toBeDefined();
});

test.each(['', 'nonsense', 'ses_.0.x', `ses_${'9'.repeat(26)}.0.signed-salt1`])(
  '%j is refused like an ended session',
  async (refreshToken) => {
    const world = identityWorld();
    await registerAda(world);
    await expect(refreshSession(world, { refreshToken })).rejects.toMatchObject({
      code: 'auth.session_ended',
    });
  },
);

test('after logging out no refresh token works, and this process refuses the access tokens', async () => {
  const world = identityWorld();
  const { accessToken, refreshToken } = await registerAda(world);
  const { sessionId } = await world.accessTokens.verify(accessToken);
  await logOut(world, { sessionId });
  await logOut(world, { sessionId });
  await expect(refreshSession(world, { refreshToken })).rejects.toMatchObject({ code: 'auth.session_ended' });
  expect(world.accessTokens.forgotten).toContain(sessionId);
});

test('a log-out that comes between reading and rotating wins', async () => {
  const world = identityWorld();
  const { refreshToken } = await registerAda(world);
  const sessions: SessionStore = {
    ...world.sessions,
    saveRotation: async (rotated) => {
      await logOut(world, { sessionId: rotated.id });
      return world.sessions.saveRotation(rotated);
    },
  };
  await expect(refreshSession({ ...world, sessions }, { refreshToken })).rejects.toMatchObject({
    code: 'auth.session_ended',
  });
});

test('a store that never lets anybody rotate is answered as busy, not for ever', async () => {
  const world = identityWorld();
  const { refreshToken } = await registerAda(world);
  const sessions: SessionStore = { ...world.sessions, saveRotation: async () => false };
  await expect(refreshSession({ ...world, sessions }, { refreshToken })).rejects.toMatchObject({
    code: 'busy.try_again',
  });
});
