import type { AuditFinding } from './audit-finding.ts';
import type { AuditRecords } from './audit-records.ts';

/** A pass of a waiting room buys once, whatever became of what was bought. */
export const auditTurns = ({ bookings }: Pick<AuditRecords, 'bookings'>): AuditFinding[] => {
  const bought = new Map<number, string>();
  return [...bookings.values()].flatMap(({ id, turn }): AuditFinding[] => {
    if (turn === undefined) return [];
    const other = bought.get(turn);
    bought.set(turn, id);
    return other === undefined
      ? []
      : [{ kind: 'turn_used_twice', subject: id, message: `bought in turn ${turn}, as was ${other}` }];
  });
};
