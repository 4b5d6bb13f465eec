import { type AuditReport, auditEvent } from '@eventhorizon/core/flows/audit-event';
import type { AuditFinding } from '@eventhorizon/core/flows/audit-finding';
import { auditMirror } from '@eventhorizon/core/flows/audit-mirror';
import { idSchema } from '@eventhorizon/core/shared/ids';
import { mongoBookings } from '@eventhorizon/db/mongo/bookings';
import { mongoBuyerLimits } from '@eventhorizon/db/mongo/buyer-limits';
import { mongoClaims } from '@eventhorizon/db/mongo/claims';
import { connectMongo } from '@eventhorizon/db/mongo/connect';
import { mongoDisputes } from '@eventhorizon/db/mongo/disputes';
import { mongoIncidents } from '@eventhorizon/db/mongo/incidents';
import { mongoOutboxQueue } from '@eventhorizon/db/mongo/outbox';
import { mongoPayments } from '@eventhorizon/db/mongo/payments';
import { mongoRefunds } from '@eventhorizon/db/mongo/refunds';
import { mongoTickets } from '@eventhorizon/db/mongo/tickets';
import { mongoWaitlistOffers } from '@eventhorizon/db/mongo/waitlist-offers';
import { connectForWork } from '@eventhorizon/db/redis/connect';
import { createInventoryMirror } from '@eventhorizon/db/redis/inventory-mirror';
import { createScriptRunner } from '@eventhorizon/db/redis/script-runner';

/** A promise, and what breaks it; nothing found means kept. */
export type Check = { readonly promise: string; readonly findings: readonly string[] };

export type SaleAudit = { readonly checks: readonly Check[]; readonly counts: AuditReport['counts'] };

const PROMISES: readonly (readonly [string, readonly AuditFinding['kind'][]])[] = [
  ['no unit is sold twice', ['unit_claimed_twice', 'unit_ticketed_twice']],
  [
    'every captured payment has its tickets',
    [
      'money_without_tickets',
      'booking_without_ticket',
      'refunds_disagree',
      'disputes_disagree',
      'offline_payment_wrong',
    ],
  ],
  ['every ticket has its payment', ['ticket_without_booking', 'booking_without_payment', 'gift_not_free']],
  [
    'no claim is left over, none is missing',
    ['claim_without_booking', 'booking_without_claim', 'limit_disagrees'],
  ],
  ['booking, money and tickets are one account’s', ['account_disagrees']],
  [
    'nobody is offered what is not there, nor two things at once',
    ['offer_without_claim', 'claim_without_offer', 'entry_offered_twice'],
  ],
  ['no pass of a waiting room has bought twice', ['turn_used_twice']],
];

/** Checks every promise about one event in MongoDB and Redis, when nothing moves any more. */
export const auditSale = async (
  { mongoUri, redisUrl }: { readonly mongoUri: string; readonly redisUrl: string },
  event: string,
): Promise<SaleAudit> => {
  const eventId = idSchema('evt').parse(event);
  await using client = connectMongo(mongoUri, 'eventhorizon-audit');
  const db = client.db();
  const redis = connectForWork(redisUrl);
  try {
    const claims = mongoClaims(db);
    const stored = await auditEvent(
      {
        claims,
        bookings: mongoBookings(db),
        tickets: mongoTickets(db),
        payments: mongoPayments(db),
        refunds: mongoRefunds(db),
        disputes: mongoDisputes(db),
        incidents: mongoIncidents(db),
        buyerLimits: mongoBuyerLimits(db),
        waitlistOffers: mongoWaitlistOffers(db),
      },
      eventId,
    );
    const mirror = createInventoryMirror(createScriptRunner(redis));
    const { cold, held, differences } = await auditMirror({ claims, mirror }, eventId);
    const givenUp = await mongoOutboxQueue(db).countFailed();
    const open = stored.counts.bookings.pending + stored.counts.bookings.closing;
    const checks = PROMISES.map(([promise, kinds]) => ({
      promise,
      findings: stored.findings
        .filter(({ kind }) => kinds.includes(kind))
        .map(({ kind, subject, message }) => `${kind} ${subject}: ${message}`),
    }));
    return {
      counts: stored.counts,
      checks: [
        ...checks,
        {
          promise: 'no hold is left over',
          findings: held === 0 ? [] : [`${held} units are held by nobody's checkout`],
        },
        {
          promise: 'no booking is left open',
          findings: open === 0 ? [] : [`${open} bookings are pending or closing`],
        },
        {
          promise: 'Redis and MongoDB agree who has what',
          findings: cold
            ? ['Redis has no copy of this event']
            : differences.map(
                ({ unitId, mongo, redis: copy }) =>
                  `${unitId} is ${mongo ?? 'free'} in MongoDB and ${copy ?? 'free'} in Redis`,
              ),
        },
        {
          promise: 'no job was given up',
          findings: givenUp === 0 ? [] : [`${givenUp} rows of the outbox were given up`],
        },
        {
          promise: 'nothing waits for a person',
          findings:
            stored.counts.openIncidents === 0 ? [] : [`${stored.counts.openIncidents} incidents are open`],
        },
      ],
    };
  } finally {
    redis.disconnect();
  }
};
