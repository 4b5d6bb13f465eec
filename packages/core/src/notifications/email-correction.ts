import type { BookingId, Id, UserId } from '../shared/ids.ts';

export const REQUESTERS = ['buyer', 'organizer'] as const;
export type Requester = (typeof REQUESTERS)[number];

/** `ada@example.org` becomes `a…@e…`: enough for its owner to know it again, too little for anybody else to write to. */
export const maskedEmail = (email: string): string =>
  email
    .split('@')
    .map((part) => `${[...part][0] ?? ''}…`)
    .join('@');

/** The address of a booking was wrong: who said so, when, and what it was before. Never changed afterwards. */
export type EmailCorrection = {
  /** The letter that went to the right address. */
  readonly notificationId: Id<'ntf'>;
  readonly bookingId: BookingId;
  /** null: there was none. */
  readonly before: string | null;
  readonly after: string;
  readonly by: Requester;
  readonly userId: UserId;
  readonly at: Date;
};
