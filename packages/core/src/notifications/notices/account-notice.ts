import type { UserId } from '../../shared/ids.ts';

/**
 * What the owner of an account is told. `occasion` tells letters of a kind apart: the window of time in which it was asked for
 * (letterWindow), or when it happened. Tokens are minted while the letter is sent, so none is kept here.
 */
export type AccountNotice =
  | {
      readonly kind:
        | 'verify_email'
        /** To the new address. */
        | 'change_email'
        /** To the present one. */
        | 'email_change_asked'
        | 'reset_password'
        | 'password_changed'
        | 'account_suspended'
        | 'account_reinstated';
      readonly userId: UserId;
      readonly occasion: string;
    }
  | EmailChanged;

/** To the former address. Says all by itself: the account may have a third address when the letter goes, and who left this one is told nonetheless. */
export type EmailChanged = {
  readonly kind: 'email_changed';
  readonly userId: UserId;
  readonly occasion: string;
  readonly to: string;
  /** The new one. */
  readonly masked: string;
};

/** What tells several of a kind apart. */
export const subjectOfAccount = ({ userId, occasion }: AccountNotice): string => `${userId}/${occasion}`;
