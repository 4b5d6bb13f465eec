import { personOf } from '../bookings/person-of.ts';
import type { AuditFinding } from './audit-finding.ts';
import type { AuditRecords } from './audit-records.ts';

/** The part of the audit that follows accounts: booking, money and tickets that were never passed on are one account's (or none's), and each unit counts against who has its ticket. */
export const auditAccounts = ({
  bookings,
  claims,
  tickets,
  payments,
  refunds,
}: AuditRecords): AuditFinding[] => {
  const findings: AuditFinding[] = [];
  const say = (subject: string, is: string | null, should: string | null): void => {
    if (is !== should)
      findings.push({ kind: 'account_disagrees', subject, message: `${is ?? 'nobody'}'s, not ${should}'s` });
  };
  for (const { id, bookingId, userId } of [...payments, ...refunds])
    say(id, userId, bookings.get(bookingId)?.userId ?? null);
  const holders = new Map<string, string>();
  for (const { id, bookingId, unitId, status, generation, holderId } of tickets) {
    if (generation === 1) say(id, holderId, bookings.get(bookingId)?.userId ?? null);
    if (status === 'valid' && holderId !== null) holders.set(unitId, holderId);
  }
  for (const { owner, unitId, person } of claims) {
    const booking = bookings.get(owner);
    if (booking !== undefined) say(unitId, person, holders.get(unitId) ?? personOf(booking));
  }
  return findings;
};
