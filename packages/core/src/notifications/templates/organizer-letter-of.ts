import { formatMoney } from '../../shared/money.ts';
import { unreachable } from '../../shared/state-machine.ts';
import type { OrganizerNotice } from '../notices/organizer-notice.ts';
import { type AccountLetter, type Block, greetingOf, type LetterContent, paragraph } from './letter.ts';
import { oneLine } from './one-line.ts';
import { utcMoment } from './when.ts';

export type OrganizerLetterInput = {
  readonly organizationName: string;
  readonly name: string;
  readonly matter: OrganizerNotice;
};

/** The letter to the owner of an organization about its money. Pure. */
export const organizerLetterOf = ({
  organizationName,
  name,
  matter,
}: OrganizerLetterInput): AccountLetter => {
  const organization = oneLine(organizationName);
  return {
    ...contentOf(matter),
    greeting: greetingOf(name),
    title: organization,
    event: null,
    reference: null,
    footer: `Sent by EventHorizon to the owner of ${organization}.`,
  };
};

/** `product_not_received` as people read it. */
const worded = (reason: string): string => oneLine(reason.replaceAll('_', ' '));

const contentOf = (matter: OrganizerNotice): LetterContent => {
  const amount = formatMoney(matter.amount);
  const { reference } = matter;
  const event = oneLine(matter.eventTitle);
  const facts: Block = {
    kind: 'list',
    title: 'What it is about',
    items: [
      `Booking ${reference}, ${event}`,
      `Amount: ${amount}`,
      `The bank’s reason: ${worded(matter.reason)}`,
      `Dispute ${matter.disputeId} at the payment provider`,
    ],
  };
  switch (matter.kind) {
    case 'dispute_opened':
      return {
        subject: `A payment of ${amount} is disputed: ${event} (${reference})`,
        summary: `The buyer’s bank disputes ${amount} of booking ${reference}. Answer it at the payment provider.`,
        heading: 'A payment is disputed',
        blocks: [
          paragraph(
            matter.taken
              ? 'The bank of a buyer disputes a payment and has taken the money back for now. While that lasts it cannot be refunded.'
              : 'The bank of a buyer asks about a payment. No money was taken; a refund now usually ends the matter.',
          ),
          facts,
          ...(matter.answerBy === null
            ? []
            : [
                {
                  kind: 'note',
                  text: `The bank hears you until ${utcMoment(matter.answerBy)}.`,
                } satisfies Block,
              ]),
          paragraph(
            'Answer it in the payment provider’s dashboard. Nothing else was done: the tickets stay valid until you cancel them.',
          ),
        ],
      };
    case 'dispute_lost':
      return {
        subject: `The dispute about ${amount} is lost: ${event} (${reference})`,
        summary: `The bank decided for the buyer of booking ${reference}. ${amount} will not come back.`,
        heading: 'The dispute is lost',
        blocks: [
          paragraph(
            'The bank decided for the buyer. The money is gone, and no refund of it can be made any more.',
          ),
          facts,
          paragraph(
            'The tickets of the booking are still valid. Decide whether to cancel them; this stands in your list of incidents until you close it.',
          ),
        ],
      };
    case 'dispute_won':
      return {
        subject: `The dispute about ${amount} is settled for you: ${event} (${reference})`,
        summary: `The bank decided for you about booking ${reference}. ${amount} is yours.`,
        heading: 'The dispute is settled for you',
        blocks: [
          paragraph('The bank decided for you, or ended its inquiry. The money is yours.'),
          facts,
          paragraph('There is nothing that you need to do.'),
        ],
      };
    default:
      return unreachable(matter);
  }
};
