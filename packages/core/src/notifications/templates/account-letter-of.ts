import { unreachable } from '../../shared/state-machine.ts';
import { type AccountLetter, greetingOf, type LetterContent, paragraph } from './letter.ts';
import { oneLine } from './one-line.ts';

/** What a letter is about; those that prove something bring a code. */
export type AccountMatter =
  | { readonly kind: 'verify_email' | 'reset_password'; readonly token: string }
  | { readonly kind: 'password_changed' | 'account_suspended' | 'account_reinstated' };

export type AccountLetterInput = {
  readonly matter: AccountMatter;
  /** How the person is called: the name of the profile, else the user name. */
  readonly name: string;
  readonly username: string;
};

/** The letter for a notice about an account. Pure. Subject and summary never show the code: lock screens show them. */
export const accountLetterOf = ({ matter, name, username }: AccountLetterInput): AccountLetter => ({
  ...contentOf(matter),
  greeting: greetingOf(name),
  title: 'Your account',
  event: null,
  reference: null,
  footer: `Sent by EventHorizon about the account ${oneLine(username)}.`,
});

const contentOf = (matter: AccountMatter): LetterContent => {
  switch (matter.kind) {
    case 'verify_email':
      return {
        subject: 'Confirm your e-mail address',
        summary: 'Confirm that this is your address with the code in this letter.',
        heading: 'Is this your address?',
        blocks: [
          paragraph('Enter this code to confirm it. The code works once, within a day.'),
          { kind: 'code', code: matter.token },
          paragraph(
            'If you have opened no account with us, somebody else gave your address. Do nothing then, and give the code to nobody: it would confirm an account that is not yours.',
          ),
        ],
      };
    case 'reset_password':
      return {
        subject: 'Choose a new password',
        summary: 'Choose a new password with the code in this letter.',
        heading: 'Have you forgotten your password?',
        blocks: [
          paragraph('Enter this code to choose a new one. The code works once, within an hour.'),
          { kind: 'code', code: matter.token },
          paragraph(
            'If you did not ask for it, you need not do anything: your password stays as it is. Give the code to nobody; we never ask for it.',
          ),
        ],
      };
    case 'password_changed':
      return {
        subject: 'Your password was changed',
        summary: 'The password of your account was changed, and every device was logged out.',
        heading: 'Your password was changed',
        blocks: [
          paragraph('Your account has a new password, and every device was logged out.'),
          paragraph(
            'If that was not you, somebody else was in your account: choose a new password at once, by “forgotten password”.',
          ),
        ],
      };
    case 'account_suspended':
      return {
        subject: 'Your account is suspended',
        summary: 'Your account is suspended: nobody can log in to it for now.',
        heading: 'Your account is suspended',
        blocks: [
          paragraph('Nobody can log in to it for now, and every device was logged out.'),
          paragraph('Bookings and tickets that you have stay yours, and your tickets admit as ever.'),
          paragraph('If you think that this is a mistake, write to support.'),
        ],
      };
    case 'account_reinstated':
      return {
        subject: 'Your account is open again',
        summary: 'Your account is no longer suspended. Log in as before.',
        heading: 'Your account is open again',
        blocks: [paragraph('It is no longer suspended. Log in with your password as before.')],
      };
    default:
      return unreachable(matter);
  }
};
