import { migratedDatabase } from '@eventhorizon/db/testing/migrated-database';
import { cachedAccessTokens } from '@eventhorizon/providers/identity/cached-access-tokens';
import { describe, expect, it } from 'vitest';
import type { ApiDeps } from './api-deps.ts';
import { signUpAdmin } from './testing/sign-up-admin.ts';
import { testApi } from './testing/test-api.ts';
import { bearer, PASSWORD, refusalOf, signUp, testClient } from './testing/test-client.ts';
import { testVariables } from './testing/test-env.ts';

/** Two processes over one database, and somebody who is logged in and known in both. */
const twoProcesses = async (change: (deps: ApiDeps) => Partial<ApiDeps> = () => ({})) => {
  const database = await migratedDatabase();
  const borrowed = { ...database, [Symbol.asyncDispose]: async () => undefined };
  const { AUTH_SIGNING_KEY = '', SESSION_SECRET = '' } = testVariables();
  const env = { AUTH_SIGNING_KEY, SESSION_SECRET };
  const here = await testApi({ database, env });
  let followed: ApiDeps | undefined;
  const there = await testApi({
    database: borrowed,
    env,
    change: (deps) => {
      followed = deps;
      return change(deps);
    },
  });
  const ada = await signUp(here.url, 'ada');
  const across = testClient(there.url, bearer(ada.accessToken));
  await across.profile.get.query();
  return {
    here,
    there,
    ada,
    across,
    /** Whether the other process has heard that Ada's session is over. */
    heard: async () =>
      followed?.accessTokens.verify(ada.accessToken).then(
        () => false,
        () => true,
      ),
    [Symbol.asyncDispose]: async () => {
      await there[Symbol.asyncDispose]();
      await here[Symbol.asyncDispose]();
    },
  };
};
const memoryOfItsOwn = ({ accessTokens, clock }: ApiDeps): Partial<ApiDeps> => ({
  accessTokens: cachedAccessTokens(accessTokens, { clock }),
});
const soon = { timeout: 10_000, interval: 100 };

describe('a session that ends in one process', () => {
  it('is over in the others too, although they had verified its token', async () => {
    await using both = await twoProcesses();
    const other = await testClient(both.here.url).auth.logIn.mutate({ login: 'ada', password: PASSWORD });
    const laptop = testClient(both.here.url, bearer(other.accessToken));
    expect(await laptop.profile.sessions.revokeOthers.mutate()).toEqual({ ended: 1 });
    await expect.poll(both.heard, soon).toBe(true);
    expect(await refusalOf(both.across.profile.get.query())).toMatchObject({ code: 'auth.session_ended' });
    expect(await laptop.profile.get.query()).toMatchObject({ username: 'ada' });
  });

  it('twin: with a memory of tokens that hears nothing, it goes on there', async () => {
    await using both = await twoProcesses(memoryOfItsOwn);
    await both.ada.api.auth.logOut.mutate();
    await expect.poll(both.heard, soon).toBe(true);
    expect(await both.across.profile.get.query()).toMatchObject({ username: 'ada' });
  });
});

describe('an account that is suspended in one process', () => {
  const suspended = async (change?: (deps: ApiDeps) => Partial<ApiDeps>) => {
    const both = await twoProcesses(change);
    const root = await signUpAdmin(both.here, 'root');
    await root.api.admin.suspend.mutate({ account: 'ada', reason: 'stolen cards' });
    await expect.poll(both.heard, soon).toBe(true);
    return both;
  };

  it('is out in the others too, is told why, and is let in again when it is reinstated', async () => {
    await using both = await suspended();
    expect(await refusalOf(both.across.profile.get.query())).toMatchObject({ code: 'auth.session_ended' });
    for (const process of [both.here, both.there]) {
      const anybody = testClient(process.url);
      const logIn = anybody.auth.logIn.mutate({ login: 'ada', password: PASSWORD });
      expect(await refusalOf(logIn)).toMatchObject({ code: 'account.suspended', kind: 'forbidden' });
      const { refreshToken } = both.ada;
      expect(await refusalOf(anybody.auth.refresh.mutate({ refreshToken }))).toMatchObject({
        code: 'account.suspended',
      });
    }
    const again = await signUpAdmin(both.there, 'other-root');
    await again.api.admin.reinstate.mutate({ account: 'ada@example.org', reason: 'a mistake' });
    await testClient(both.here.url).auth.logIn.mutate({ login: 'ada', password: PASSWORD });
  });

  it('twin: with a memory of tokens that hears nothing, it is served there', async () => {
    await using both = await suspended(memoryOfItsOwn);
    expect(await both.across.profile.get.query()).toMatchObject({ username: 'ada' });
  });
});
