import { describe, expect, it } from 'vitest';
import { createApp } from '../../app.ts';
import { openSale } from '../../testing/open-sale.ts';
import { signUpAdmin, signUpVerified } from '../../testing/sign-up-admin.ts';
import { testApi } from '../../testing/test-api.ts';
import { bearer, PASSWORD, refusalOf, signUp, testClient } from '../../testing/test-client.ts';

const CODE = 'a code that only the environment of the API knows';

describe('admins over HTTP', () => {
  it('look accounts up, suspend them, appoint admins and read what was done', async () => {
    await using api = await testApi();
    const root = await signUpAdmin(api, 'root');
    const bob = await signUpVerified(api, 'bob');
    await signUp(api.url, 'eve');
    for (const account of ['eve', 'EVE@example.org'])
      expect(await root.api.admin.getAccount.query({ account })).toMatchObject({
        username: 'eve',
        emailVerified: false,
        suspension: null,
      });
    await root.api.admin.suspend.mutate({ account: 'eve', reason: 'stolen cards' });
    const { items: suspended } = await root.api.admin.listAccounts.query({ which: 'suspended' });
    expect(suspended).toMatchObject([{ username: 'eve', suspension: { reason: 'stolen cards' } }]);

    expect(await refusalOf(bob.api.admin.listActs.query({}))).toMatchObject({ code: 'admin.required' });
    await root.api.admin.grant.mutate({ account: bob.userId, reason: 'night shift' });
    const { items } = await bob.api.admin.listActs.query({});
    expect(items).toMatchObject([
      { number: 2, kind: 'admin_granted', by: { username: 'root' }, account: { username: 'bob' } },
      { number: 1, kind: 'account_suspended', by: { username: 'root' }, account: { username: 'eve' } },
    ]);
    await root.api.admin.revoke.mutate({ account: 'root', reason: 'I leave' });
    expect(await refusalOf(bob.api.admin.revoke.mutate({ account: 'bob', reason: 'so do I' }))).toMatchObject(
      {
        code: 'admin.last',
        kind: 'conflict',
      },
    );
    const { items: admins } = await bob.api.admin.listAccounts.query({ which: 'admins' });
    expect(admins).toMatchObject([{ username: 'bob' }]);
  });

  it('leave a trail in the organizations where they change something, which its owner reads', async () => {
    await using api = await testApi();
    const root = await signUpAdmin(api, 'root');
    const olga = await signUp(api.url, 'olga');
    const { organization } = await olga.api.organizations.create.mutate({ name: 'Aurora Stages' });
    const organizationId = organization.id;
    await root.api.organizations.get.query({ organizationId });
    const changes = { description: 'tidied up' };
    await root.api.organizations.update.mutate({ organizationId, changes });
    await olga.api.organizations.update.mutate({ organizationId, changes });
    const { items } = await olga.api.members.history.query({ organizationId });
    expect(items).toMatchObject([
      {
        number: 1,
        kind: 'admin_called',
        by: { username: 'root', as: 'platform_admin' },
        what: 'organizations.update',
      },
    ]);
    expect(items).toHaveLength(1);
  });

  it('have no right left at once when it is taken, whatever their access token says', async () => {
    await using api = await testApi();
    const [root, bob] = [await signUpAdmin(api, 'root'), await signUpAdmin(api, 'bob')];
    const olga = await signUp(api.url, 'olga');
    const { organizationId, eventId } = await openSale(olga.api, { draft: true });
    await bob.api.events.get.query({ organizationId, eventId });
    const before = api.deps.users;
    const asRead = await before.find(bob.userId);
    await root.api.admin.revoke.mutate({ account: 'bob', reason: 'left us' });
    expect(await refusalOf(bob.api.events.get.query({ organizationId, eventId }))).toMatchObject({
      code: 'thing.not_found',
    });
    expect(await refusalOf(bob.api.admin.listActs.query({}))).toMatchObject({ code: 'admin.required' });
    // The twin: were the token believed, which still says admin, a stranger's draft would be shown.
    const believing = createApp({ ...api.deps, users: { ...before, find: async () => asRead } });
    const input = encodeURIComponent(JSON.stringify({ organizationId, eventId }));
    const answer = await believing.request(`/trpc/events.get?input=${input}`, {
      headers: bearer(bob.accessToken),
    });
    expect(answer.status).toBe(200);
  });
});

describe('the first admin', () => {
  const isAdmin = async (api: { url: string }) =>
    (await testClient(api.url).auth.logIn.mutate({ login: 'ada', password: PASSWORD })).account.isAdmin;

  it('is the account of FIRST_ADMIN_EMAIL, as soon as it has proved to read its mail and no sooner', async () => {
    await using api = await testApi({ env: { FIRST_ADMIN_EMAIL: 'ADA@example.org' } });
    const ada = await signUp(api.url, 'ada');
    const told = () => api.logs().includes('admin.address_unverified');
    await expect.poll(told, { timeout: 20_000 }).toBe(true);
    expect(await isAdmin(api)).toBe(false);
    await api.deps.users.markEmailVerified(ada.userId, 'ada@example.org', new Date());
    await expect.poll(() => isAdmin(api), { timeout: 20_000, interval: 500 }).toBe(true);
  });

  it('is who knows FIRST_ADMIN_CODE, with a verified address, and once only', async () => {
    await using api = await testApi({ env: { FIRST_ADMIN_CODE: CODE } });
    const [eve, ada, bob] = [
      await signUp(api.url, 'eve'),
      await signUpVerified(api, 'ada'),
      await signUpVerified(api, 'bob'),
    ];
    expect(await refusalOf(ada.api.admin.claim.mutate({ code: `${CODE}.` }))).toMatchObject({
      code: 'admin.wrong_code',
    });
    expect(await refusalOf(eve.api.admin.claim.mutate({ code: CODE }))).toMatchObject({
      code: 'admin.address_unverified',
    });
    expect(await ada.api.admin.claim.mutate({ code: CODE })).toMatchObject({ isAdmin: true });
    expect(await refusalOf(bob.api.admin.claim.mutate({ code: CODE }))).toMatchObject({
      code: 'admin.exists',
    });
    expect(api.logs()).not.toContain(CODE);
  });

  it('is nobody by any code where none is set', async () => {
    await using api = await testApi();
    const ada = await signUpVerified(api, 'ada');
    for (const code of ['undefined', CODE])
      expect(await refusalOf(ada.api.admin.claim.mutate({ code }))).toMatchObject({
        code: 'admin.wrong_code',
      });
  });
});
