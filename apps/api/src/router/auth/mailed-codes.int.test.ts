import { mailPasswordReset } from '@eventhorizon/core/flows/mail-password-reset';
import { jobs } from '@eventhorizon/core/jobs';
import type { Email } from '@eventhorizon/core/notifications/ports';
import { sendNotification } from '@eventhorizon/core/notifications/send-notification';
import { codeIn } from '@eventhorizon/core/testing/account-world';
import { mongoNotifications } from '@eventhorizon/db/mongo/notifications';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type TestApi, testApi } from '../../testing/test-api.ts';
import { bearer, PASSWORD, refusalOf, signUp, testClient } from '../../testing/test-client.ts';

let api: TestApi;
beforeAll(async () => {
  api = await testApi();
}, 60_000);
afterAll(async () => api[Symbol.asyncDispose]());

const NEW = 'another long enough password';

/** The worker's part: runs the rows of a job with the stores of the API; the letters that went out. */
const work = async (job: 'mail.send' | 'account.mail_password_reset'): Promise<Email[]> => {
  const mails: Email[] = [];
  const send = async (mail: Email) => {
    mails.push(mail);
    return { outcome: 'sent' as const, providerId: 'provider-1' };
  };
  const notifications = mongoNotifications(api.database.db);
  const sms = { send: () => Promise.reject(new Error('no SMS is due')) };
  for (const { payload } of await api.database.db.collection('outbox').find({ job }).toArray()) {
    if (job === 'mail.send')
      await sendNotification(
        { ...api.deps, notifications, accounts: api.deps, teams: api.deps, email: { send }, sms },
        jobs[job].payload.parse(payload).notificationId,
      );
    else await mailPasswordReset(api.deps, jobs[job].payload.parse(payload));
  }
  return mails;
};

it('verifies an address and replaces a forgotten password by mailed codes, over HTTP and MongoDB', async () => {
  const ada = await signUp(api.url, 'ada');
  const anybody = testClient(api.url);
  await ada.api.auth.requestVerification.mutate();
  const [letter] = await work('mail.send');
  expect(await anybody.auth.verifyEmail.mutate({ token: codeIn(letter) })).toMatchObject({
    emailVerified: true,
  });
  expect(await refusalOf(anybody.auth.verifyEmail.mutate({ token: codeIn(letter) }))).toMatchObject({
    code: 'account.bad_mail_token',
    kind: 'gone',
  });

  await anybody.auth.requestPasswordReset.mutate({ email: 'ada@example.org' });
  await anybody.auth.requestPasswordReset.mutate({ email: 'nobody@example.org' });
  await work('account.mail_password_reset');
  const letters = await work('mail.send');
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
