import { type Booking, type BookingStatus, linesLeft } from '../bookings/booking.ts';
import type { UnitId } from '../inventory/unit.ts';
import type { EventId } from '../shared/ids.ts';
import { auditAccounts } from './audit-accounts.ts';
import type { AuditFinding } from './audit-finding.ts';
import { auditMoney } from './audit-money.ts';
import { auditOffers } from './audit-offers.ts';
import { type AuditDeps, type AuditRecords, readAuditRecords } from './audit-records.ts';
import { auditTurns } from './audit-turns.ts';

export type AuditReport = {
  readonly findings: readonly AuditFinding[];
  readonly counts: {
    readonly claims: number;
    readonly validTickets: number;
    readonly captured: number;
    readonly openIncidents: number;
    readonly bookings: Readonly<Record<BookingStatus, number>>;
  };
};

/**
 * Checks the promises about one event against everything that is stored of it: no unit promised or ticketed twice, every
 * captured payment with its tickets (or wholly refunded, or before a person), every ticket with its booking and payment,
 * no pass that bought twice, claims and bookings and limits and accounts in agreement. Reads everything, not in one snapshot: run it when nothing
 * moves.
 */
export const auditEvent = async (deps: AuditDeps, eventId: EventId): Promise<AuditReport> => {
  const records = await readAuditRecords(deps, eventId);
  const findings = [
    ...auditClaims(records),
    ...auditTickets(records),
    ...auditLimits(records),
    ...auditAccounts(records),
    ...auditMoney(records),
    ...auditOffers(records),
    ...auditTurns(records),
  ];
  const bookings = { pending: 0, confirmed: 0, closing: 0, expired: 0, cancelled: 0 };
  for (const { status } of records.bookings.values()) bookings[status] += 1;
  return {
    findings,
    counts: {
      claims: records.claims.length,
      validTickets: records.tickets.filter(({ status }) => status === 'valid').length,
      captured: records.payments.filter(({ status }) => status === 'captured').length,
      openIncidents: records.incidents.filter(({ resolvedAt }) => resolvedAt === null).length,
      bookings,
    },
  };
};

const isLive = ({ status }: Booking): boolean =>
  status === 'pending' || status === 'closing' || status === 'confirmed';

const has = (booking: Booking, unitId: UnitId): boolean =>
  linesLeft(booking).some((line) => line.unitId === unitId);

const isBookingOwner = (owner: string): boolean => owner.startsWith('bkg_');

const auditClaims = ({ bookings, claims }: AuditRecords): AuditFinding[] => {
  const findings: AuditFinding[] = [];
  const owners = new Map<string, string>();
  for (const { unitId, owner } of claims) {
    const other = owners.get(unitId);
    if (other !== undefined)
      findings.push({
        kind: 'unit_claimed_twice',
        subject: unitId,
        message: `claimed by ${other} and ${owner}`,
      });
    owners.set(unitId, owner);
    if (!isBookingOwner(owner)) continue;
    const booking = bookings.get(owner);
    if (booking === undefined || !isLive(booking) || !has(booking, unitId))
      findings.push({
        kind: 'claim_without_booking',
        subject: unitId,
        message: `claimed by ${owner}, which is ${booking?.status ?? 'not there'}`,
      });
  }
  for (const booking of bookings.values()) {
    if (!isLive(booking)) continue;
    for (const { unitId } of linesLeft(booking))
      if (owners.get(unitId) !== booking.id)
        findings.push({
          kind: 'booking_without_claim',
          subject: booking.id,
          message: `${booking.status}, but ${unitId} is ${owners.get(unitId) ?? 'nobody'}'s`,
        });
  }
  return findings;
};

const auditTickets = ({ bookings, tickets }: AuditRecords): AuditFinding[] => {
  const findings: AuditFinding[] = [];
  const valid = new Map<string, string>();
  for (const ticket of tickets) {
    if (ticket.status !== 'valid') continue;
    if (valid.has(ticket.unitId))
      findings.push({
        kind: 'unit_ticketed_twice',
        subject: ticket.unitId,
        message: `two valid tickets: ${ticket.id} is one`,
      });
    valid.set(ticket.unitId, ticket.bookingId);
    const booking = bookings.get(ticket.bookingId);
    if (booking?.status !== 'confirmed' || !has(booking, ticket.unitId))
      findings.push({
        kind: 'ticket_without_booking',
        subject: ticket.id,
        message: `its booking ${ticket.bookingId} is ${booking?.status ?? 'not there'}`,
      });
  }
  for (const booking of bookings.values()) {
    if (booking.status !== 'confirmed') continue;
    for (const { unitId } of linesLeft(booking))
      if (valid.get(unitId) !== booking.id)
        findings.push({
          kind: 'booking_without_ticket',
          subject: booking.id,
          message: `confirmed, but there is no valid ticket for ${unitId}`,
        });
  }
  return findings;
};

const auditLimits = ({ claims, limits }: AuditRecords): AuditFinding[] => {
  const claimed = new Map<string, number>();
  for (const { owner, person } of claims)
    if (person !== null && isBookingOwner(owner)) claimed.set(person, (claimed.get(person) ?? 0) + 1);
  return [...new Set([...claimed.keys(), ...limits.keys()])].flatMap((person): AuditFinding[] => {
    const counted = limits.get(person) ?? 0;
    const has = claimed.get(person) ?? 0;
    return counted === has
      ? []
      : [{ kind: 'limit_disagrees', subject: person, message: `counted ${counted}, claimed ${has}` }];
  });
};
