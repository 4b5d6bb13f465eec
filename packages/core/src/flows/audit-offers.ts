import type { AuditFinding } from './audit-finding.ts';
import type { AuditRecords } from './audit-records.ts';

/** Open offers have exactly the units that they name, nobody else's and no other's, and no entry has two of them. */
export const auditOffers = ({ claims, offers }: Pick<AuditRecords, 'claims' | 'offers'>): AuditFinding[] => {
  const findings: AuditFinding[] = [];
  const open = new Map(
    offers.filter(({ status }) => status === 'open').map((offer) => [offer.id as string, offer]),
  );
  const owners = new Map(claims.map(({ unitId, owner }) => [unitId, owner]));
  for (const { unitId, owner } of claims) {
    if (!owner.startsWith('ofr_')) continue;
    if (open.get(owner)?.units.some((unit) => unit.unitId === unitId) !== true)
      findings.push({
        kind: 'claim_without_offer',
        subject: unitId,
        message: `claimed by ${owner}, which is not an open offer of it`,
      });
  }
  const entries = new Set<string>();
  for (const { id, entryId, units } of open.values()) {
    if (entries.has(entryId))
      findings.push({
        kind: 'entry_offered_twice',
        subject: entryId,
        message: `${id} is one of two open offers`,
      });
    entries.add(entryId);
    for (const { unitId } of units)
      if (owners.get(unitId) !== id)
        findings.push({
          kind: 'offer_without_claim',
          subject: id,
          message: `open, but ${unitId} is ${owners.get(unitId) ?? 'nobody'}'s`,
        });
  }
  return findings;
};
