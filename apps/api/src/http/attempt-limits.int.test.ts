import { describe, expect, it } from 'vitest';
import { type TestApiOptions, testApi } from '../testing/test-api.ts';
import { PASSWORD, refusalOf, signUp, testClient } from '../testing/test-client.ts';

const limits = {
  LIMIT_LOG_IN_PER_ADDRESS: '5/10m',
  LIMIT_REGISTER_PER_ADDRESS: '2/10m',
  LIMIT_PROVE_PASSWORD_PER_ACCOUNT: '2/10m',
  LIMIT_ASK_LETTER_PER_ACCOUNT: '2/10m',
  LIMIT_PRESENT_CODE_PER_ADDRESS: '2/10m',
};
/** An API whose Redis is there: until it is, a process counts for itself. */
const limitedApi = async (options: TestApiOptions) => {
  const api = await testApi({ ...options, env: { ...limits, ...options.env } });
  await api.deps.pings.redis?.();
  return api;
};
const behindProxy = (trust: boolean) =>
  limitedApi({
    env: { TRUST_PROXY: String(trust) },
    change: ({ hasher }) => ({
      hasher: { ...hasher, verify: async () => ({ matches: false, outdated: false }) },
    }),
  });
/** What happens to log-ins that come with these words of a proxy, in turn. */
const codesFrom = async (url: string, forwarded: readonly string[]): Promise<string[]> => {
  const codes: string[] = [];
  for (const [n, address] of forwarded.entries()) {
    const client = testClient(url, { 'x-forwarded-for': address });
    const { code } = await refusalOf(client.auth.logIn.mutate({ login: `nobody${n}`, password: PASSWORD }));
    codes.push(code);
  }
  return codes;
};
const WRONG = 'auth.bad_credentials';
const LIMITED = 'auth.too_many_attempts';

describe('too many attempts', () => {
  it('are answered 429 with the time to come back, in tRPC and in HTTP', async () => {
    await using api = await behindProxy(false);
    await codesFrom(
      api.url,
      Array.from({ length: 5 }, () => ''),
    );
    const answer = await fetch(`${api.url}/trpc/auth.logIn`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ login: 'nobody', password: PASSWORD }),
    });
    expect(answer.status).toBe(429);
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(500);
    const again = testClient(api.url).auth.logIn.mutate({ login: 'nobody', password: PASSWORD });
    expect(await refusalOf(again)).toMatchObject({ code: LIMITED, kind: 'limited' });
  });

  it('are counted by the address that our proxy saw, an IPv6 household as one', async () => {
    await using api = await behindProxy(true);
    const crowd = Array.from({ length: 8 }, (_, n) => `203.0.113.${n}`);
    expect(await codesFrom(api.url, crowd)).toEqual(crowd.map(() => WRONG));
    const household = Array.from({ length: 6 }, (_, n) => `2001:db8:1:2::${n + 1}`);
    expect(await codesFrom(api.url, household)).toEqual([...Array.from({ length: 5 }, () => WRONG), LIMITED]);
    expect(await codesFrom(api.url, ['2001:db8:1:3::1'])).toEqual([WRONG]);
    // What stands before the last address is the caller's own word, and what is no address is nobody's.
    const liar = Array.from({ length: 6 }, (_, n) => `10.0.0.${n}, 198.51.100.4:${40_000 + n}`);
    expect((await codesFrom(api.url, liar)).at(-1)).toBe(LIMITED);
    const nonsense = Array.from({ length: 6 }, (_, n) => `somebody-${n}`);
    expect((await codesFrom(api.url, nonsense)).at(-1)).toBe(LIMITED);
  });

  it('twin: were a caller believed without a proxy, another word each time would pass for another person', async () => {
    await using api = await behindProxy(false);
    const words = Array.from({ length: 6 }, (_, n) => `203.0.113.${n}`);
    expect((await codesFrom(api.url, words)).at(-1)).toBe(LIMITED);
    await using believing = await behindProxy(true);
    expect((await codesFrom(believing.url, words)).at(-1)).toBe(WRONG);
  });

  it('end registering, new passwords, letters and codes alike', async () => {
    await using api = await limitedApi({});
    const anybody = testClient(api.url);
    const ada = await signUp(api.url, 'ada');
    await signUp(api.url, 'bob');
    expect(await refusalOf(signUp(api.url, 'eve'))).toMatchObject({ code: LIMITED });
    const change = () =>
      refusalOf(
        ada.api.auth.changePassword.mutate({ oldPassword: 'a wrong password', newPassword: `${PASSWORD}!` }),
      );
    expect([await change(), await change(), await change()].map(({ code }) => code)).toEqual([
      'account.wrong_password',
      'account.wrong_password',
      LIMITED,
    ]);
    for (const email of ['ada@example.org', 'nobody@example.org']) {
      for (let n = 0; n < 2; n += 1) await anybody.auth.requestPasswordReset.mutate({ email });
      expect(await refusalOf(anybody.auth.requestPasswordReset.mutate({ email }))).toMatchObject({
        code: LIMITED,
      });
    }
    for (let n = 0; n < 2; n += 1) await ada.api.auth.requestVerification.mutate();
    expect(await refusalOf(ada.api.auth.requestVerification.mutate())).toMatchObject({ code: LIMITED });
    const guess = () => refusalOf(ada.api.auth.verifyEmail.mutate({ token: 'a guess' }));
    expect([(await guess()).code, (await guess()).code]).toEqual(
      Array.from({ length: 2 }, () => 'account.bad_mail_token'),
    );
    const reset = anybody.auth.resetPassword.mutate({ token: 'a guess', newPassword: PASSWORD });
    expect(await refusalOf(reset)).toMatchObject({ code: LIMITED });
  });
});
