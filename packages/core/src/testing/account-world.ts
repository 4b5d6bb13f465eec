import { mailPasswordReset } from '../flows/mail-password-reset.ts';
import type { NotificationId } from '../notifications/notification.ts';
import type { Email } from '../notifications/ports.ts';
import { sendNotification } from '../notifications/send-notification.ts';
import type { OutboxMessage } from '../shared/outbox.ts';
import type { Tx } from '../shared/unit-of-work.ts';
import { identityWorld } from './identity-world.ts';

const unused = () => Promise.reject(new Error('letters about accounts do not need this'));

/** Everything that letters about accounts need, in memory. `deliver` is the worker: it sends what was queued since. */
export const accountWorld = () => {
  const world = identityWorld();
  const queued = new Map<string, OutboxMessage>();
  const outbox = {
    add: async (_tx: Tx, messages: readonly OutboxMessage[]) => {
      for (const message of messages)
        queued.set(message.key ?? `${queued.size}`, queued.get(message.key ?? '') ?? message);
    },
  };
  const deliver = async (): Promise<Email[]> => {
    const mails: Email[] = [];
    const email = {
      send: async (mail: Email) => {
        mails.push(mail);
        return { outcome: 'sent' as const, providerId: 'provider-1' };
      },
    };
    const deps = {
      ...world,
      accounts: world,
      transferLetters: {
        ...world,
        transfers: { find: unused, addToken: unused },
        saleEvents: { find: unused },
      },
      teams: { ...world, organizations: { find: unused }, invitations: { find: unused, addToken: unused } },
      organizers: { ...world, organizations: { find: unused }, memberships: { findOwner: unused } },
      email,
      waitlist: {
        waitlistOffers: { find: unused },
        waitlistEntries: { find: unused },
        venues: { find: unused },
      },
      bookings: { find: unused },
      corrections: { find: unused },
      tickets: { listOfBooking: unused },
      organizations: { find: unused },
      events: { find: unused },
      documents: { tickets: unused, receipt: unused },
      signer: { sign: unused },
      qr: { png: unused },
      sms: { send: unused },
      smsAllowance: { take: unused },
      links: { insert: unused },
      linkSource: { mint: () => ({ code: '', hash: '' }) },
      publicUrl: '',
    };
    for (const message of queued.values())
      if (message.job === 'account.mail_password_reset')
        await mailPasswordReset({ ...world, outbox }, message.payload);
    for (const message of queued.values())
      if (message.job === 'notification.send')
        await sendNotification(deps, message.payload.notificationId as NotificationId);
    return mails;
  };
  return {
    ...world,
    queued,
    outbox,
    deliver,
  };
};

/** The code that a letter brings. */
export const codeIn = (mail: Email | undefined): string => {
  const code = /^ {4}(\S+)$/m.exec(mail?.text ?? '')?.[1];
  if (code === undefined) throw new Error('this letter brings no code');
  return code;
};
