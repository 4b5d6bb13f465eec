import type { Notification } from './notification.ts';
import type { NotificationStore, SendResult, SmsAllowance, SmsCounted, SmsSender } from './ports.ts';

export type SendSmsOnceDeps = {
  readonly notifications: Pick<NotificationStore, 'claim' | 'markFailed'>;
  readonly sms: SmsSender;
  readonly smsAllowance: SmsAllowance;
};

/**
 * Sends an SMS at most once: the record is claimed before the provider is asked, and one that was claimed before is given up, because
 * whether it went out is unknown. null: it was not sent by this call. `counted`: to whom and on whose account; null: no number is known.
 * What is over the allowance of a day is given up. Throws `service.unreachable` while that cannot be counted: it costs money, so it waits.
 */
export const sendSmsOnce = async (
  { notifications, sms, smsAllowance }: SendSmsOnceDeps,
  { id, status, attempts }: Pick<Notification, 'id' | 'status' | 'attempts'>,
  counted: SmsCounted | null,
  textOf: () => Promise<string> | string,
): Promise<SendResult | null> => {
  if (status === 'sending' || counted === null) {
    const reason = counted === null ? 'the buyer gave no phone number' : 'whether it was sent is unknown';
    await notifications.markFailed(id, reason);
    return null;
  }
  // Another try is the same SMS: it was counted before the first.
  const usedUp = attempts > 0 ? null : await smsAllowance.take(counted);
  if (usedUp !== null) {
    await notifications.markFailed(id, WHY_NOT[usedUp]);
    return null;
  }
  const text = await textOf();
  if (!(await notifications.claim(id))) return null;
  return await sms.send({ id, to: counted.phone, text });
};

const WHY_NOT = {
  phone: 'limit: this phone number gets no more SMS today',
  person: 'limit: this buyer gets no more SMS today',
  organizationId: 'limit: no more SMS go out for this organization today',
} as const satisfies Record<keyof SmsCounted, string>;
