import { type AccountLetter, greetingOf, paragraph } from './letter.ts';
import { oneLine } from './one-line.ts';

export type RemovalLetterInput = {
  readonly name: string;
  readonly eventTitle: string;
  /** So many tickets were on offer to the person then; 0: none. */
  readonly offered: number;
};

/** The letter to somebody whom an organizer took off a waitlist. It does not say why: the reason is the organization's. Pure. */
export const removalLetterOf = ({ name, eventTitle, offered }: RemovalLetterInput): AccountLetter => {
  const title = oneLine(eventTitle);
  const offer =
    offered === 0 ? '' : ` Your open offer of ${offered} ticket${offered === 1 ? '' : 's'} has ended, too.`;
  return {
    subject: `You are not on the waitlist any more: ${title}`,
    summary: `The organizer took you off the waitlist of ${title}.`,
    heading: 'You are not on the waitlist any more',
    blocks: [
      paragraph(
        `The organizer took you off the waitlist of ${title}.${offer} You were not charged, and there is nothing that you need to do.`,
      ),
      paragraph('If you did not expect this, please ask the organizer.'),
    ],
    greeting: greetingOf(name),
    title,
    event: null,
    reference: null,
    footer: `Sent by EventHorizon because you were on the waitlist of ${title}.`,
  };
};
