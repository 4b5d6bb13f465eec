import type { Booking } from '../bookings/booking.ts';
import { type Dispute, withheldBy } from '../payments/dispute.ts';
import type { Incident } from '../payments/incident.ts';
import { refundableOf } from '../payments/payment.ts';
import type { Refund } from '../refunds/refund.ts';
import type { AuditFinding } from './audit-finding.ts';
import type { AuditRecords } from './audit-records.ts';

/** The part of the audit that follows the money: none kept without tickets, a refund or a person looking at it. */
export const auditMoney = ({
  bookings,
  payments,
  refunds,
  disputes,
  incidents,
}: AuditRecords): AuditFinding[] => {
  const findings: AuditFinding[] = [];
  const reserved = new Map<string, number>();
  for (const refund of refunds)
    if (holdsMoney(refund))
      reserved.set(refund.paymentId, (reserved.get(refund.paymentId) ?? 0) + refund.amount.amount);
  const withheld = withheldMoney(disputes);
  const excused = excusedMoney(refunds, incidents);
  const capturedOf = new Map<string, boolean>();
  for (const payment of payments) {
    const captured = payment.status === 'captured';
    capturedOf.set(payment.bookingId, captured);
    const booking = bookings.get(payment.bookingId);
    const kept = refundableOf(payment);
    const allowed =
      (excused.get(payment.bookingId) ?? 0) + (booking === undefined ? 0 : keptByPolicy(booking));
    if (captured && booking?.status !== 'confirmed' && kept > allowed)
      findings.push({
        kind: 'money_without_tickets',
        subject: payment.id,
        message: `captured ${payment.captured}, sent back ${payment.refundReserved}, booking ${payment.bookingId} is not confirmed`,
      });
    if (
      payment.offline !== undefined &&
      (payment.intentId !== null || payment.captured !== payment.due.amount)
    )
      findings.push({
        kind: 'offline_payment_wrong',
        subject: payment.id,
        message: `taken by hand: due ${payment.due.amount}, taken ${payment.captured}, intent ${payment.intentId ?? 'none'}`,
      });
    const sum = reserved.get(payment.id) ?? 0;
    if (sum !== payment.refundReserved || sum > payment.captured)
      findings.push({
        kind: 'refunds_disagree',
        subject: payment.id,
        message: `refunds sum to ${sum}, reserved ${payment.refundReserved}, captured ${payment.captured}`,
      });
    const taken = withheld.get(payment.id) ?? 0;
    if (taken !== (payment.withheld ?? 0))
      findings.push({
        kind: 'disputes_disagree',
        subject: payment.id,
        message: `disputes withhold ${taken}, counted ${payment.withheld ?? 0}`,
      });
  }
  for (const { id, sale, total } of bookings.values())
    if (sale?.channel === 'complimentary' && (total.amount !== 0 || sale.reason === null))
      findings.push({
        kind: 'gift_not_free',
        subject: id,
        message: `complimentary, but it costs ${total.amount}, for the reason ${sale.reason ?? 'none'}`,
      });
  for (const booking of bookings.values())
    if (booking.status === 'confirmed' && booking.paymentId !== null && capturedOf.get(booking.id) !== true)
      findings.push({
        kind: 'booking_without_payment',
        subject: booking.id,
        message: 'confirmed, but its payment is not captured',
      });
  return findings;
};

/** By payment: how much is not here because banks took it back. */
const withheldMoney = (disputes: readonly Dispute[]): ReadonlyMap<string, number> => {
  const withheld = new Map<string, number>();
  for (const dispute of disputes)
    withheld.set(dispute.paymentId, (withheld.get(dispute.paymentId) ?? 0) + withheldBy(dispute));
  return withheld;
};

/**
 * By booking: how much may be here without tickets because a person is looking at it. Everything, when it is not what the
 * booking costs; as much as could not be sent back, when refunds failed. Other incidents are not about money that we keep.
 */
const excusedMoney = (
  refunds: readonly Refund[],
  incidents: readonly Incident[],
): ReadonlyMap<string, number> => {
  const refundOf = new Map<string, Refund>(refunds.map((refund) => [refund.id, refund]));
  const excused = new Map<string, number>();
  for (const { kind, bookingId, facts, resolvedAt } of incidents) {
    if (resolvedAt !== null) continue;
    const failed = kind === 'refund_failed' ? refundOf.get(String(facts.refundId)) : undefined;
    const more = kind === 'payment_mismatch' ? Number.POSITIVE_INFINITY : (failed?.amount.amount ?? 0);
    excused.set(bookingId, (excused.get(bookingId) ?? 0) + more);
  }
  return excused;
};

/** What did not go back for tickets that were given up, as it was agreed. */
const keptByPolicy = ({ lines }: Booking): number =>
  lines.reduce(
    (sum, { amount, cancelled }) =>
      sum + (cancelled === undefined ? 0 : Math.max(0, amount - cancelled.returned)),
    0,
  );

const holdsMoney = ({ status }: Refund): boolean => status !== 'failed' && status !== 'cancelled';
