import { migratedDatabase } from '@eventhorizon/db/testing/migrated-database';
import { describe, expect, it } from 'vitest';
import { testApi } from '../testing/test-api.ts';
import { bearer, PASSWORD, refusalOf, signUp, testClient } from '../testing/test-client.ts';
import { testVariables } from '../testing/test-env.ts';

/** Two APIs over one database with other signing keys; `shared`: each accepts the other's. */
const rotate = async (shared: boolean) => {
  const database = await migratedDatabase();
  const borrowed = { ...database, [Symbol.asyncDispose]: async () => undefined };
  const [old, next] = [testVariables(), testVariables()].map(({ AUTH_SIGNING_KEY = '' }, n) => {
    const { d: _private, ...jwk } = { ...JSON.parse(AUTH_SIGNING_KEY), kid: `auth-${n}` };
    return { signing: JSON.stringify({ ...JSON.parse(AUTH_SIGNING_KEY), kid: jwk.kid }), jwk };
  });
  if (old === undefined || next === undefined) throw new Error('two keys');
  const secrets = { SESSION_SECRET: 'a secret that both processes have in common' };
  const start = (of: typeof database, signing: string, other: object) =>
    testApi({
      database: of,
      env: {
        ...secrets,
        AUTH_SIGNING_KEY: signing,
        ...(shared && { AUTH_VERIFYING_KEYS: JSON.stringify([other]) }),
      },
    });
  const before = await start(database, old.signing, next.jwk);
  const after = await start(borrowed, next.signing, old.jwk);
  return {
    before,
    after,
    [Symbol.asyncDispose]: async () => {
      await after[Symbol.asyncDispose]();
      await before[Symbol.asyncDispose]();
    },
  };
};

describe('a new signing key', () => {
  it('logs nobody out: processes with the old and the new one accept each other’s tokens', async () => {
    await using both = await rotate(true);
    const ada = await signUp(both.before.url, 'ada');
    const across = testClient(both.after.url, bearer(ada.accessToken));
    expect(await across.profile.get.query()).toMatchObject({ username: 'ada' });
    const next = await testClient(both.after.url).auth.logIn.mutate({ login: 'ada', password: PASSWORD });
    const back = testClient(both.before.url, bearer(next.accessToken));
    expect(await back.profile.get.query()).toMatchObject({ username: 'ada' });
    const published = await (await fetch(`${both.after.url}/.well-known/jwks.json`)).json();
    expect(published).toMatchObject({ keys: [{ kid: 'auth-1' }, { kid: 'auth-0' }] });
    expect(JSON.stringify(published)).not.toContain('"d"');
  });

  it('twin: without the other key in AUTH_VERIFYING_KEYS a token is refused next door', async () => {
    await using both = await rotate(false);
    const ada = await signUp(both.before.url, 'ada');
    const across = testClient(both.after.url, bearer(ada.accessToken));
    expect(await refusalOf(across.profile.get.query())).toMatchObject({ code: 'auth.required' });
  });
});
