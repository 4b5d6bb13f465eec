import type { Refund } from '../refunds/refund.ts';
import type { AuditFinding } from './audit-finding.ts';
import type { AuditRecords } from './audit-records.ts';

/** The part of the audit that follows the money: none kept without tickets, a refund or a person looking at it. */
export const auditMoney = ({ bookings, payments, refunds, incidents }: AuditRecords): AuditFinding[] => {
  const findings: AuditFinding[] = [];
  const reserved = new Map<string, number>();
  for (const refund of refunds)
    if (holdsMoney(refund))
      reserved.set(refund.paymentId, (reserved.get(refund.paymentId) ?? 0) + refund.amount.amount);
  const looked = new Set(
    incidents.filter(({ resolvedAt }) => resolvedAt === null).map(({ bookingId }) => bookingId),
  );
  const capturedOf = new Map<string, boolean>();
  for (const payment of payments) {
    const captured = payment.status === 'captured';
    capturedOf.set(payment.bookingId, captured);
    const confirmed = bookings.get(payment.bookingId)?.status === 'confirmed';
    const back = payment.refundReserved >= payment.captured;
    if (captured && !confirmed && !back && !looked.has(payment.bookingId))
      findings.push({
        kind: 'money_without_tickets',
        subject: payment.id,
        message: `captured ${payment.captured}, sent back ${payment.refundReserved}, booking ${payment.bookingId} is not confirmed`,
      });
    const sum = reserved.get(payment.id) ?? 0;
    if (sum !== payment.refundReserved || sum > payment.captured)
      findings.push({
        kind: 'refunds_disagree',
        subject: payment.id,
        message: `refunds sum to ${sum}, reserved ${payment.refundReserved}, captured ${payment.captured}`,
      });
  }
  for (const booking of bookings.values())
    if (booking.status === 'confirmed' && booking.paymentId !== null && capturedOf.get(booking.id) !== true)
      findings.push({
        kind: 'booking_without_payment',
        subject: booking.id,
        message: 'confirmed, but its payment is not captured',
      });
  return findings;
};

const holdsMoney = ({ status }: Refund): boolean => status !== 'failed' && status !== 'cancelled';
