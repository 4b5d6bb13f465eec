import { entry } from './refusal.ts';

/** Money, and what a person decides about it. */
export const paymentRefusals = {
  'checkout.total_too_high': entry<{ total: number; highest: number }>(
    'invalid',
    () => 'This is more than one payment can carry. Buy in several bookings.',
  ),
  'sale.amount_differs': entry<{ due: number; amount: number }>(
    'conflict',
    ({ due, amount }) =>
      `The tickets cost ${due} (in minor units), and ${amount} were taken. Nothing was sold; take what they cost.`,
  ),
  'sale.hold_sold': entry<{ reference: string }>(
    'conflict',
    ({ reference }) =>
      `These tickets were sold before, as ${reference}, and not as you ask now. Nothing was sold; give the money back or choose others.`,
  ),
  'refund.not_by_hand': entry(
    'conflict',
    () => 'Nobody waits for this refund to be given back by hand. Load it again to see how it stands.',
  ),
  'refund.paid_back_before': entry<{ by: string; at: string | null }>(
    'conflict',
    ({ by, at }) =>
      `This money was given back by ${by}${at === null ? '' : ` at ${at}`}. Do not give it again; ask them if you did, too.`,
  ),
  'attendees.faulty': entry<{ faults: readonly { place: string; message: string }[]; total: number }>(
    'invalid',
    ({ faults, total }) =>
      `Nothing was imported; mend ${total} fault${total === 1 ? '' : 's'}: ${faults
        .slice(0, 5)
        .map((f) => `${f.place}: ${f.message}`)
        .join('; ')}${total > 5 ? '; …' : ''}.`,
  ),
  'attendees.still_sold': entry(
    'conflict',
    () =>
      'This list is still being sold, or stopped and may go on. Print it when it is finished or cancelled: see how far it is, and go on with it or cancel it where it is stopped.',
  ),
  'refund.exceeds_captured': entry<{ refundable: number }>(
    'conflict',
    ({ refundable }) => `At most ${refundable} (in minor units) of this payment can still be refunded.`,
  ),
  'refund.id_in_use': entry('conflict', () => 'This refund id belongs to another refund. Make a new one.'),
  'incident.money_sent_back': entry<{ reserved: number }>(
    'conflict',
    ({ reserved }) =>
      `${reserved} (in minor units) of this money is on its way back, so it cannot pay for tickets. Decide for the refund.`,
  ),
  'incident.needs_decision': entry(
    'conflict',
    () => 'This incident needs a decision: confirm the booking, or refund the money.',
  ),
  'incident.needs_pay_back': entry(
    'conflict',
    () => 'This money is still owed. Give it back, then say so by its refund; that closes the incident.',
  ),
  'incident.closed': entry('conflict', () => 'This incident was closed before. Load the open ones again.'),
} as const;
