import type { AccountLetter, Letter } from '@eventhorizon/core/notifications/templates/letter';

/** One thing that we send. `name` tells several of a kind apart. */
export type Sample = {
  readonly name: string;
  readonly letter: Letter | AccountLetter;
  /** What whoever asked for SMS gets beside the letter; null: it goes by e-mail only. */
  readonly sms: string | null;
};

export const byMail = (name: string, letter: Letter | AccountLetter): Sample => ({ name, letter, sms: null });
export const alsoBySms = (name: string, letter: Letter | AccountLetter, sms = letter.summary): Sample => ({
  name,
  letter,
  sms,
});
