import { deliverMail } from '@eventhorizon/api/testing/deliver-mail';
import { type TestApi, testApi } from '@eventhorizon/api/testing/test-api';
import { mailPasswordReset } from '@eventhorizon/core/flows/mail-password-reset';
import { jobs } from '@eventhorizon/core/jobs';
import { exitCodeOf } from '@eventhorizon/core/shared/error-mapping';
import { codeIn } from '@eventhorizon/core/testing/account-world';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type TestCli, testCli } from './testing/run-cli.ts';

const PASSWORD = 'a long enough password';
const NEW = 'another long enough password';
let api: TestApi;
beforeAll(async () => {
  api = await testApi();
}, 60_000);
afterAll(async () => api[Symbol.asyncDispose]());

const said = async (cli: TestCli, args: string[], input?: string) => {
  const { code, out, err } = await cli.run(args, input);
  return [code, out + err];
};
const json = async (cli: TestCli, ...args: string[]) => JSON.parse((await cli.run(['--json', ...args])).out);
const latestTo = async (address: string) =>
  (await deliverMail(api)).filter(({ to }) => to.email === address).at(-1);

it('opens an account, confirms its address and moves it to another by mailed codes', async () => {
  using cli = testCli(api.url);
  const opening = ['register', '-u', 'ada', '-e', 'ada@example.org', '--password-stdin'];
  expect(await said(cli, opening, `${PASSWORD}\n`)).toEqual([
    0,
    expect.stringContaining('eventhorizon verify'),
  ]);
  expect(await json(cli, 'profile', 'show')).toMatchObject({ username: 'ada', emailVerified: false });
  const letter = await latestTo('ada@example.org');
  expect(await said(cli, ['verify', codeIn(letter)])).toEqual([0, '✓ ada@example.org is confirmed.\n']);
  expect(await said(cli, ['verify', '--resend'])).toEqual([0, expect.stringContaining('confirmed already')]);
  expect(await said(cli, ['verify'])).toEqual([2, expect.stringContaining('--resend')]);

  const moving = ['profile', 'set-email', 'countess@example.org', '--password-stdin'];
  expect(await said(cli, moving, 'a wrong password\n')).toEqual([
    exitCodeOf.forbidden,
    expect.stringContaining('password is wrong'),
  ]);
  expect(await said(cli, moving, `${PASSWORD}\n`)).toEqual([
    0,
    expect.stringContaining('A code is on its way'),
  ]);
  expect((await said(cli, ['profile', 'show']))[1]).toContain('countess@example.org (waits for its code)');
  await cli.run(['verify', codeIn(await latestTo('countess@example.org'))]);
  expect(await json(cli, 'profile', 'show')).toMatchObject({
    email: 'countess@example.org',
    emailVerified: true,
    pendingEmail: null,
  });
}, 60_000);

/** The worker's part: looks up who has the addresses. */
const lookUpResets = async (): Promise<void> => {
  const job = 'account.mail_password_reset';
  for (const { payload } of await api.database.db.collection('outbox').find({ job }).toArray())
    await mailPasswordReset(api.deps, jobs[job].payload.parse(payload));
};

it('changes a password and stays logged in, logs other devices out, and replaces a forgotten password', async () => {
  using laptop = testCli(api.url);
  using phone = testCli(api.url);
  const logIn = (cli: TestCli, password: string) =>
    cli.run(['login', '-u', 'bob', '--password-stdin'], `${password}\n`);
  await laptop.run(['register', '-u', 'bob', '-e', 'bob@example.org', '--password-stdin'], `${PASSWORD}\n`);
  await logIn(phone, PASSWORD);
  const changing = ['password', 'change', '--password-stdin'];
  expect(await said(laptop, changing, `${PASSWORD}\n${NEW}\n`)).toEqual([
    0,
    expect.stringContaining('Every other device is logged out'),
  ]);
  expect((await phone.run(['profile', 'show'])).code).toBe(exitCodeOf.unauthenticated);
  expect(await json(laptop, 'sessions', 'list')).toMatchObject([{ current: true }]);

  expect((await logIn(phone, NEW)).code).toBe(0);
  expect(await said(laptop, ['sessions', 'revoke'])).toEqual([2, expect.stringContaining('--others')]);
  const sessions = (await json(phone, 'sessions', 'list')) as { sessionId: string; current: boolean }[];
  const laptops = sessions.find(({ current }) => !current)?.sessionId ?? '';
  expect(await said(phone, ['sessions', 'revoke', laptops])).toEqual([0, `✓ ${laptops} is logged out.\n`]);
  expect((await laptop.run(['profile', 'show'])).code).toBe(exitCodeOf.unauthenticated);
  expect(await json(phone, 'sessions', 'revoke', '--others')).toEqual({ ended: 0 });

  expect((await laptop.run(['password', 'forgotten', 'bob@example.org'])).code).toBe(0);
  await lookUpResets();
  const code = codeIn(await latestTo('bob@example.org'));
  expect((await laptop.run(['password', 'reset', code])).code).toBe(2);
  const resetting = ['password', 'reset', '--password-stdin'];
  expect(await said(laptop, resetting, `${code}\n${PASSWORD}\n`)).toEqual([
    0,
    expect.stringContaining('eventhorizon login'),
  ]);
  expect((await phone.run(['profile', 'show'])).code).toBe(exitCodeOf.unauthenticated);
  expect((await logIn(laptop, PASSWORD)).code).toBe(0);
}, 60_000);
