import type { UserId } from '../../shared/ids.ts';

/**
 * What the owner of an account is told. `occasion` tells letters of a kind apart: the window of time in which it was asked for
 * (letterWindow), or when it happened. Tokens are minted while the letter is sent, so none is kept here.
 */
export type AccountNotice = {
  readonly kind:
    | 'verify_email'
    | 'reset_password'
    | 'password_changed'
    | 'account_suspended'
    | 'account_reinstated';
  readonly userId: UserId;
  readonly occasion: string;
};

/** What tells several of a kind apart. */
export const subjectOfAccount = ({ userId, occasion }: AccountNotice): string => `${userId}/${occasion}`;
