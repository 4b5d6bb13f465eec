import { jobs } from '@eventhorizon/core/jobs';
import type { Email } from '@eventhorizon/core/notifications/ports';
import { sendNotification } from '@eventhorizon/core/notifications/send-notification';
import { mongoNotifications } from '@eventhorizon/db/mongo/notifications';
import type { TestApi } from './test-api.ts';

/** The worker's part: sends what was queued since, with the stores of the API; the letters that went out. */
export const deliverMail = async ({ database, deps, url }: TestApi): Promise<Email[]> => {
  const mails: Email[] = [];
  const send = async (mail: Email) => {
    mails.push(mail);
    return { outcome: 'sent' as const, providerId: 'provider-1' };
  };
  const notifications = mongoNotifications(database.db);
  const noSms = () => Promise.reject(new Error('no SMS is due'));
  const sms = { send: noSms };
  const smsAllowance = { take: noSms };
  for (const { payload } of await database.db
    .collection('outbox')
    .find({ job: 'notification.send' })
    .toArray())
    await sendNotification(
      {
        ...deps,
        notifications,
        accounts: deps,
        teams: deps,
        waitlist: deps,
        organizers: deps,
        transferLetters: deps,
        email: { send },
        sms,
        smsAllowance,
        publicUrl: url,
      },
      jobs['notification.send'].payload.parse(payload).notificationId,
    );
  return mails;
};
