import { notify } from '../notifications/notify.ts';
import { type Dispute, isClosed, isNews, type ProviderDispute, withheldBy } from '../payments/dispute.ts';
import type { Tx } from '../shared/unit-of-work.ts';
import { movedMeanwhile } from './confirm-bookings.ts';
import { openIncident } from './open-incident.ts';
import type { SaleDeps } from './sale-deps.ts';

export type ApplyDisputeDeps = Pick<
  SaleDeps,
  | 'unitOfWork'
  | 'outbox'
  | 'clock'
  | 'ids'
  | 'bookings'
  | 'payments'
  | 'disputes'
  | 'incidents'
  | 'notifications'
>;

/**
 * The buyer's bank disputes a payment, or has decided. What it withholds counts against what can be refunded, an incident is opened, and the
 * organizer is told, once when it begins and once when it ends. Tickets stay as they are: whether to cancel them is the organizer's to say. `at`: when
 * the provider said so; older news, and the same again, is nothing. A dispute about money that is not ours is nothing either. Throws DisputeExists or
 * `busy.try_again` when another delivery was at it: run it again.
 */
export const applyDispute = async (
  deps: ApplyDisputeDeps,
  told: ProviderDispute,
  at: Date,
): Promise<void> => {
  const payment = told.intentId === null ? null : await deps.payments.findByIntent(told.intentId);
  if (payment === null) return;
  const { id: paymentId, bookingId, eventId, organizationId } = payment;
  const { intentId: _unused, ...facts } = told;
  await deps.unitOfWork.run(async (tx) => {
    const known = await deps.disputes.find(told.id, tx);
    if (known !== null && !isNews(known, { status: told.status, at })) return;
    const next: Dispute = {
      ...facts,
      paymentId,
      bookingId,
      eventId,
      organizationId,
      openedAt: known?.openedAt ?? at,
      toldAt: at,
    };
    if (known === null) await deps.disputes.insert(tx, next);
    else if (!(await deps.disputes.markTold(tx, known, next))) throw movedMeanwhile();
    const more = withheldBy(next) - (known === null ? 0 : withheldBy(known));
    if (more !== 0) await deps.payments.noteWithheld(tx, paymentId, more);
    await tell(deps, tx, known, next);
  });
};

/** What a person gets to see of it. */
const tell = async (deps: ApplyDisputeDeps, tx: Tx, known: Dispute | null, next: Dispute): Promise<void> => {
  const { id, status, amount, reason, answerBy, organizationId } = next;
  const about = { id: next.bookingId, eventId: next.eventId, organizationId };
  const booking = await deps.bookings.find(next.bookingId, tx);
  const said = {
    organizationId,
    disputeId: id,
    amount,
    reason,
    reference: booking?.reference ?? '',
    eventTitle: booking?.event.title ?? '',
  };
  const facts = { disputeId: id, amount: amount.amount, currency: amount.currency, reason };
  if (known === null) {
    await openIncident(deps, tx, about, 'payment_disputed', keyOf(id), {
      ...facts,
      ...(answerBy !== null && { answerBy: answerBy.toISOString() }),
    });
    await notify(deps, tx, { ...said, kind: 'dispute_opened', answerBy, taken: withheldBy(next) > 0 });
  }
  if (!isClosed(next)) return;
  await deps.incidents.resolveByKey(tx, keyOf(id), status, deps.clock.now());
  if (status === 'lost') await openIncident(deps, tx, about, 'dispute_lost', `${keyOf(id)}:lost`, facts);
  else await deps.incidents.resolveByKey(tx, `${keyOf(id)}:lost`, 'won after all', deps.clock.now());
  await notify(deps, tx, { ...said, kind: status === 'lost' ? 'dispute_lost' : 'dispute_won' });
};

const keyOf = (disputeId: string): string => `dispute:${disputeId}`;
