import { describe, expect, it } from 'vitest';
import { testApi } from '../testing/test-api.ts';
import { bearer, PASSWORD, refusalOf, signUp, testClient } from '../testing/test-client.ts';

describe('the API over HTTP', () => {
  it('registers, reads and changes a profile, refreshes, logs in again, and knows an ended session no more', async () => {
    await using api = await testApi();
    const ada = await signUp(api.url, 'ada');
    expect(await ada.api.profile.get.query()).toMatchObject({ username: 'ada', name: null });
    await ada.api.profile.update.mutate({ name: 'Ada Lovelace' });
    const next = await testClient(api.url).auth.refresh.mutate({ refreshToken: ada.refreshToken });
    const again = testClient(api.url, bearer(next.accessToken));
    expect(await again.profile.get.query()).toMatchObject({ name: 'Ada Lovelace' });
    await again.auth.logOut.mutate();
    expect(await refusalOf(again.profile.get.query())).toMatchObject({ code: 'auth.session_ended' });
    const loggedIn = await testClient(api.url).auth.logIn.mutate({
      login: 'ADA@example.org',
      password: PASSWORD,
    });
    expect(loggedIn.account.username).toBe('ada');
  });
});
