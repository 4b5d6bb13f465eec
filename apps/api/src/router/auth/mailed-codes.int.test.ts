import { mailPasswordReset } from '@eventhorizon/core/flows/mail-password-reset';
import { jobs } from '@eventhorizon/core/jobs';
import { codeIn } from '@eventhorizon/core/testing/account-world';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { deliverMail } from '../../testing/deliver-mail.ts';
import { type TestApi, testApi } from '../../testing/test-api.ts';
import { bearer, PASSWORD, refusalOf, signUp, testClient } from '../../testing/test-client.ts';

let api: TestApi;
beforeAll(async () => {
  api = await testApi();
}, 60_000);
afterAll(async () => api[Symbol.asyncDispose]());

const NEW = 'another long enough password';

/** The worker's part: looks up who has the addresses. */
const lookUpResets = async (): Promise<void> => {
  const job = 'account.mail_password_reset';
  for (const { payload } of await api.database.db.collection('outbox').find({ job }).toArray())
    await mailPasswordReset(api.deps, jobs[job].payload.parse(payload));
};

it('verifies an address and replaces a forgotten password by mailed codes, over HTTP and MongoDB', async () => {
  const ada = await signUp(api.url, 'ada');
  const anybody = testClient(api.url);
  await ada.api.auth.requestVerification.mutate();
  const [letter] = await deliverMail(api);
  const mine = { token: codeIn(letter) };
  expect(await refusalOf(anybody.auth.verifyEmail.mutate(mine))).toMatchObject({ code: 'auth.required' });
  expect(await ada.api.auth.verifyEmail.mutate(mine)).toMatchObject({ emailVerified: true });
  expect(await refusalOf(ada.api.auth.verifyEmail.mutate(mine))).toMatchObject({
    code: 'account.bad_mail_token',
    kind: 'gone',
  });

  await anybody.auth.requestPasswordReset.mutate({ email: 'ada@example.org' });
  await anybody.auth.requestPasswordReset.mutate({ email: 'nobody@example.org' });
  await lookUpResets();
  const letters = await deliverMail(api);
  expect(letters.map(({ to }) => to.email)).toEqual(['ada@example.org']);
  await anybody.auth.resetPassword.mutate({ token: codeIn(letters[0]), newPassword: NEW });
  expect(await refusalOf(ada.api.profile.get.query())).toMatchObject({ code: 'auth.session_ended' });
  expect(await refusalOf(anybody.auth.logIn.mutate({ login: 'ada', password: PASSWORD }))).toMatchObject({
    code: 'auth.bad_credentials',
  });

  const again = await anybody.auth.logIn.mutate({ login: 'ada', password: NEW });
  const client = testClient(api.url, bearer(again.accessToken));
  const changed = await client.auth.changePassword.mutate({ oldPassword: NEW, newPassword: PASSWORD });
  expect(await refusalOf(client.profile.get.query())).toMatchObject({ code: 'auth.session_ended' });
  const sessions = await testClient(api.url, bearer(changed.accessToken)).profile.sessions.list.query();
  expect(sessions).toMatchObject([{ current: true }]);
  const stored = JSON.stringify(await api.database.db.collection('mailTokens').find().toArray());
  for (const mail of [letter, ...letters]) expect(stored).not.toContain(codeIn(mail));
  expect(api.logs()).not.toContain(codeIn(letters[0]));
});
