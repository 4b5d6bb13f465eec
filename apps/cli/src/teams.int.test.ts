import { deliverMail } from '@eventhorizon/api/testing/deliver-mail';
import { type TestApi, testApi } from '@eventhorizon/api/testing/test-api';
import { createClient } from '@eventhorizon/client/create-client';
import { exitCodeOf } from '@eventhorizon/core/shared/error-mapping';
import { codeIn } from '@eventhorizon/core/testing/account-world';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type TestCli, testCli } from './testing/run-cli.ts';

const PASSWORD = 'a long enough password';
let api: TestApi;
let olga: TestCli;
let sam: TestCli;
const member = async (username: string): Promise<TestCli> => {
  const client = createClient({ url: api.url });
  await client.register({ username, email: `${username}@example.org`, password: PASSWORD });
  await client.api.auth.requestVerification.mutate();
  await client.api.auth.verifyEmail.mutate({ token: codeIn((await deliverMail(api)).at(-1)) });
  const cli = testCli(api.url);
  await cli.run(['login', '-u', username, '--password-stdin'], `${PASSWORD}\n`);
  return cli;
};
beforeAll(async () => {
  api = await testApi();
  [olga, sam] = [await member('olga'), await member('sam')];
  await olga.run(['organizations', 'create', 'Aurora Stages']);
}, 60_000);
afterAll(async () => {
  olga[Symbol.dispose]();
  sam[Symbol.dispose]();
  await api[Symbol.asyncDispose]();
});
const json = async (cli: TestCli, ...args: string[]) => JSON.parse((await cli.run(['--json', ...args])).out);
const cells = (text: string) =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => line.split('\t'));

it('invites, joins, gives roles, transfers and removes from the command line', async () => {
  const refused = await olga.run(['members', 'invite', 'sam@example.org', '--role', 'owner']);
  expect([refused.code, refused.err]).toEqual([
    2,
    expect.stringContaining('manager, seller, scanner, analyst'),
  ]);
  const invited = await olga.run(['members', 'invite', 'sam@example.org', '--role', 'scanner']);
  expect([invited.code, invited.out]).toEqual([0, expect.stringContaining('is invited as scanner')]);
  const code = codeIn((await deliverMail(api))[0]);
  const open = await olga.run(['invitations', 'list']);
  expect(cells(open.out)).toMatchObject([
    ['id', 'e-mail', 'role', 'status', 'until'],
    [expect.stringMatching(/^inv_/), 'sam@example.org', 'scanner', 'open', expect.any(String)],
  ]);

  const joined = await sam.run(['invitations', 'accept', code]);
  expect([joined.code, joined.out]).toEqual([0, expect.stringContaining('You are scanner')]);
  expect(await json(olga, 'members', 'role', 'sam@example.org', 'manager')).toMatchObject({
    role: 'manager',
  });
  const [, ...team] = cells((await sam.run(['members', 'list'])).out);
  expect(team.map(([, name, email, role]) => [name, email, role])).toEqual([
    ['olga', 'olga@example.org', 'owner'],
    ['sam', 'sam@example.org', 'manager'],
  ]);

  const stuck = await olga.run(['members', 'leave']);
  expect([stuck.code, stuck.err]).toEqual([exitCodeOf.conflict, expect.stringContaining('Transfer')]);
  expect(await json(olga, 'members', 'transfer', 'SAM')).toMatchObject({ role: 'owner' });
  expect((await sam.run(['members', 'remove', 'olga'])).code).toBe(0);
  const out = await olga.run(['members', 'list']);
  expect([out.code, out.err]).toEqual([2, expect.stringContaining('You belong to no organization')]);
}, 60_000);

it('sends an invitation again no sooner than allowed, withdraws it, and names who is not there', async () => {
  const { id } = await json(sam, 'members', 'invite', 'anna@example.org', '--role', 'analyst');
  const soon = await sam.run(['invitations', 'resend', id]);
  expect([soon.code, soon.err]).toEqual([exitCodeOf.limited, expect.stringContaining('seconds')]);
  expect(await json(sam, 'invitations', 'withdraw', id)).toMatchObject({ status: 'withdrawn' });
  expect((await json(sam, 'invitations', 'list')).items).toEqual([]);
  const nobody = await sam.run(['members', 'remove', 'anna@example.org']);
  expect([nobody.code, nobody.err]).toEqual([2, expect.stringContaining('eventhorizon members list')]);
  const wrong = await sam.run(['invitations', 'accept', 'a-guess']);
  expect([wrong.code, wrong.err]).toEqual([exitCodeOf.gone, expect.stringContaining('Ask for a new one')]);
}, 60_000);

it('declines an invitation by its code alone, and tells who did what', async () => {
  await sam.run(['members', 'invite', 'ina@example.org', '--role', 'analyst']);
  const code = codeIn((await deliverMail(api)).at(-1));
  using stranger = testCli(api.url);
  const declined = await stranger.run(['invitations', 'decline', code]);
  expect([declined.code, declined.out]).toEqual([0, expect.stringContaining('Who invited you is told')]);
  expect((await deliverMail(api)).map(({ to }) => to.email)).toEqual(['sam@example.org']);
  const [header, ...acts] = cells((await sam.run(['members', 'history', '--limit', '2'])).out);
  expect(header).toEqual(['no.', 'when', 'who', 'did', 'about', 'role']);
  expect(acts.slice(0, 2).map(([, , ...rest]) => rest)).toEqual([
    ['(whoever had the letter)', 'invitation declined', 'i…@example.org', 'analyst'],
    ['sam (owner)', 'member invited', 'i…@example.org', 'analyst'],
  ]);
  expect((await json(sam, 'members', 'history')).items.at(-1)).toMatchObject({
    number: 1,
    by: { as: 'owner' },
  });
}, 60_000);
