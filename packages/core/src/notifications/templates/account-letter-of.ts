import type { AccountNotice } from '../notification.ts';
import type { AccountLetter, Block } from './letter.ts';
import { oneLine } from './one-line.ts';

export type AccountLetterInput = {
  readonly kind: AccountNotice['kind'];
  /** How the person is called: the name of the profile, else the user name. */
  readonly name: string;
  readonly username: string;
  /** The code that the letter brings. */
  readonly token: string;
};

type Content = Pick<AccountLetter, 'subject' | 'summary' | 'heading' | 'blocks'>;

/** The letter for a notice about an account. Pure. Subject and summary never show the token: lock screens do. */
export const accountLetterOf = (input: AccountLetterInput): AccountLetter => ({
  ...contents[input.kind](input),
  greeting: `Hello ${oneLine(input.name)},`,
  event: null,
  reference: null,
  footer: `Sent by EventHorizon about the account ${oneLine(input.username)}.`,
});

const paragraph = (text: string): Block => ({ kind: 'paragraph', text });

const contents: { readonly [K in AccountNotice['kind']]: (input: AccountLetterInput) => Content } = {
  verify_email: ({ token }) => ({
    subject: 'Confirm your e-mail address',
    summary: 'Confirm that this is your address with the code in this letter.',
    heading: 'Is this your address?',
    blocks: [
      paragraph('Enter this code to confirm it. The code works once, within a day.'),
      { kind: 'note', text: token },
      paragraph('If you have no account with us, somebody mistyped an address. You need not do anything.'),
    ],
  }),
};
