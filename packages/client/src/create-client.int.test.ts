import { type TestApi, testApi } from '@eventhorizon/api/testing/test-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createClient } from './create-client.ts';
import { domainErrorOf } from './domain-error.ts';
import type { Tokens } from './tokens.ts';

/** Just past the 10 minutes of an access token. */
const LATER_MS = 11 * 60_000;

const PASSWORD = 'a long enough password';
let api: TestApi;
/** How far the server's clock is ahead. */
let ahead = 0;
beforeAll(async () => {
  api = await testApi({ now: () => new Date(Date.now() + ahead) });
}, 60_000);
afterAll(async () => api[Symbol.asyncDispose]());

/** A fetch that notes which procedures it was asked for. */
const recording = () => {
  const calls: string[] = [];
  const record: typeof fetch = (input, init) => {
    calls.push(/trpc\/([\w.]+)/.exec(String(input))?.[1] ?? String(input));
    return fetch(input, init);
  };
  return { fetch: record, count: (name: string) => calls.filter((call) => call === name).length };
};

const registered = async (username: string, options: { fetch?: typeof fetch } = {}) => {
  const told: (Tokens | null)[] = [];
  const client = createClient({ url: api.url, onTokens: (tokens) => void told.push(tokens), ...options });
  await client.register({ username, email: `${username}@example.org`, password: PASSWORD });
  return { client, told };
};

describe('createClient', () => {
  it('refreshes once when 20 parallel calls find that the server took the token for expired', async () => {
    const { fetch, count } = recording();
    const { client, told } = await registered('parallel', { fetch });
    const before = client.tokens();
    ahead = LATER_MS;
    try {
      const profiles = await Promise.all(Array.from({ length: 20 }, () => client.api.profile.get.query()));
      expect(profiles.every(({ username }) => username === 'parallel')).toBe(true);
    } finally {
      ahead = 0;
    }
    expect(count('auth.refresh')).toBe(1);
    expect(told).toEqual([before, client.tokens()]);
    expect(client.tokens()?.refreshToken).not.toBe(before?.refreshToken);
  });

  it('goes on with stored tokens, and logs out for good', async () => {
    const { client } = await registered('stored');
    const tokens = client.tokens();
    const other = createClient({ url: `${api.url}/`, tokens });
    expect((await other.api.profile.get.query()).username).toBe('stored');
    await other.logOut();
    const error = await client.api.profile.get.query().catch(domainErrorOf);
    expect(error).toMatchObject({ code: 'auth.session_ended', kind: 'unauthenticated' });
  });

  it('forgets the tokens when the session is over', async () => {
    const { client, told } = await registered('over');
    await createClient({ url: api.url, tokens: client.tokens() }).logOut();
    ahead = LATER_MS;
    try {
      const error = await client.api.profile.get.query().catch(domainErrorOf);
      expect(error).toMatchObject({ code: 'auth.session_ended' });
    } finally {
      ahead = 0;
    }
    expect([client.tokens(), told.at(-1)]).toEqual([null, null]);
  });

  it('carries a visitor token, the same one however often it is asked for', async () => {
    const client = createClient({ url: api.url });
    const gone = { eventId: 'evt_01h455vb4pex5vsknk084sn02q', holdId: 'hld_01h455vb4pex5vsknk084sn02q' };
    const ask = () => client.api.holds.get.query(gone).then(String, domainErrorOf);
    expect(await ask()).toMatchObject({ code: 'visitor.required' });
    const [token, again] = await Promise.all([client.becomeVisitor(), client.becomeVisitor()]);
    expect(again).toBe(token);
    expect(await ask()).toMatchObject({ kind: expect.not.stringMatching('unauthenticated') as string });
  });

  it('gives the details of a refusal their type by its code, and null for what is no refusal', async () => {
    const client = createClient({ url: api.url });
    const refusal = await client.logIn({ login: '', password: PASSWORD }).then(() => null, domainErrorOf);
    if (refusal?.code !== 'input.invalid') throw new Error('expected input.invalid');
    expect(refusal.details.issues[0]?.path).toBe('login');
    expect(domainErrorOf(new Error('other'))).toBeNull();
    const dead = createClient({ url: 'http://127.0.0.1:9' });
    const unreachable: unknown = await dead.api.payments.config.query().catch((error: unknown) => error);
    expect(unreachable).toBeInstanceOf(Error);
    expect(domainErrorOf(unreachable)).toBeNull();
  });
});
