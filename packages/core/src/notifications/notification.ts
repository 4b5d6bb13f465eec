import type { Id } from '../shared/ids.ts';
import type { Transitions } from '../shared/state-machine.ts';
import type { Notice } from './notices/notice.ts';

export type NotificationId = Id<'ntf'>;

export const NOTIFICATION_STATUSES = ['queued', 'sending', 'sent', 'failed'] as const;
export type NotificationStatus = (typeof NOTIFICATION_STATUSES)[number];

/** `sending` is only for what must go out at most once (SMS): claimed before the provider is called. */
export const notificationTransitions: Transitions<NotificationStatus> = {
  queued: ['sending', 'sent', 'failed'],
  sending: ['sent', 'failed', 'queued'],
  sent: [],
  failed: [],
};

export const CHANNELS = ['email', 'sms'] as const;
export type Channel = (typeof CHANNELS)[number];

export type Notification = {
  readonly id: NotificationId;
  readonly channel: Channel;
  readonly notice: Notice;
  readonly status: NotificationStatus;
  /** Times that the provider was asked. */
  readonly attempts: number;
  /** The provider's message id, once it accepted. */
  readonly providerId: string | null;
  readonly lastError: string | null;
  readonly createdAt: Date;
  readonly sentAt: Date | null;
};
