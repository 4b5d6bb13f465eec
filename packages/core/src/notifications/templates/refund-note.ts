import { formatMoney, type Money } from '../../shared/money.ts';
import type { Block } from './letter.ts';

/** Money that goes back by the payment provider. */
export const refundNote = (amount: Money): Block => ({
  kind: 'note',
  text: `${formatMoney(amount)} goes back to the card or account that you paid with. Banks take up to ten days to show it.`,
});

/** The same, or that an organizer who took the money gives it back. */
export const comesBackNote = ({
  amount,
  byHand,
}: {
  readonly amount: Money;
  readonly byHand: boolean;
}): Block =>
  byHand
    ? {
        kind: 'note',
        text: `The organizer took the money for this booking, and gives ${formatMoney(amount)} back to you. We write to you when that is done.`,
      }
    : refundNote(amount);
