import { type TestApi, testApi } from '@eventhorizon/api/testing/test-api';
import { createClient } from '@eventhorizon/client/create-client';
import { exitCodeOf } from '@eventhorizon/core/shared/error-mapping';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestCli, testCli } from './testing/run-cli.ts';

const PASSWORD = 'a long enough password';
const CODE = 'a code that only the environment of the API knows';
let api: TestApi;
let cli: TestCli;
beforeAll(async () => {
  api = await testApi({ env: { FIRST_ADMIN_CODE: CODE } });
  cli = testCli(api.url);
  for (const username of ['ada', 'bob', 'eve']) {
    const email = `${username}@example.org`;
    const { account } = await createClient({ url: api.url }).register({
      username,
      email,
      password: PASSWORD,
    });
    if (username !== 'eve') await api.deps.users.markEmailVerified(account.id, email, new Date());
  }
}, 60_000);
afterAll(async () => {
  cli[Symbol.dispose]();
  await api[Symbol.asyncDispose]();
});
const lines = (text: string): string[][] =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => line.split('\t'));

describe.sequential('eventhorizon admins', () => {
  it('makes the first admin of who knows the code, which is never an argument', async () => {
    await cli.run(['login', '-u', 'ada', '--password-stdin'], `${PASSWORD}\n`);
    const refused = await cli.run(['admins', 'list']);
    expect([refused.code, refused.err]).toEqual([
      exitCodeOf.forbidden,
      expect.stringContaining('Only admins'),
    ]);
    expect((await cli.run(['admins', 'claim'])).err).toContain('--code-stdin');
    const claimed = await cli.run(['admins', 'claim', '--code-stdin'], `${CODE}\n`);
    expect([claimed.code, claimed.out]).toEqual([0, '✓ ada is the first admin.\n']);
    const again = await cli.run(['admins', 'claim', '--code-stdin'], `${CODE}\n`);
    expect(again.code).toBe(exitCodeOf.gone);
  });

  it('appoints admins, refuses what is not verified, and keeps the last one', async () => {
    expect((await cli.run(['admins', 'grant', 'eve'])).err).toContain('is not verified');
    expect((await cli.run(['admins', 'grant', 'bob@example.org'])).out).toBe('✓ bob is an admin.\n');
    const listed = lines((await cli.run(['admins', 'list'])).out);
    expect(listed.map((row) => [row[1], row[4]])).toEqual([
      ['user name', 'state'],
      ['ada', 'admin'],
      ['bob', 'admin'],
    ]);
    expect((await cli.run(['admins', 'revoke', 'bob'])).code).toBe(2);
    expect((await cli.run(['admins', 'revoke', 'bob', '--reason', 'left'])).code).toBe(0);
    const last = await cli.run(['admins', 'revoke', 'ada', '--reason', 'so do I']);
    expect([last.code, last.err]).toEqual([exitCodeOf.conflict, expect.stringContaining('the last admin')]);
  });

  it('suspends and reinstates accounts, and tells who did what and why', async () => {
    const reason = 'stolen\u001b[31m cards';
    const suspended = await cli.run(['accounts', 'suspend', 'eve', '--reason', 'stolen cards']);
    expect(suspended.out).toContain('eve is suspended and logged out everywhere');
    expect((await cli.run(['accounts', 'suspend', 'bob', '--reason', reason])).code).toBe(exitCodeOf.invalid);
    expect((await cli.run(['accounts', 'suspended'])).out).toMatch(/eve@example\.org.*: stolen cards\n$/);
    const refused = await cli.run(['login', '-u', 'eve', '--password-stdin'], `${PASSWORD}\n`);
    expect([refused.code, refused.err]).toEqual([exitCodeOf.forbidden, expect.stringContaining('suspended')]);
    await cli.run(['accounts', 'reinstate', 'eve', '--reason', 'a mistake']);
    expect((await cli.run(['accounts', 'show', 'eve'])).out).toContain('address not verified');
    const acts = lines((await cli.run(['admins', 'acts', '--limit', '2'])).out);
    expect(acts.map(([number, , ...row]) => [number, ...row])).toEqual([
      ['no.', 'who', 'did', 'to', 'why'],
      ['5', 'ada', 'account reinstated', 'eve', 'a mistake'],
      ['4', 'ada', 'account suspended', 'eve', 'stolen cards'],
      [expect.stringMatching(/^More: --cursor /)],
    ]);
  });
});
