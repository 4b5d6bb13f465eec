import { checkout } from '@eventhorizon/core/flows/checkout';
import { openIncident } from '@eventhorizon/core/flows/open-incident';
import { receiveWebhook } from '@eventhorizon/core/flows/receive-webhook';
import { requestRefund } from '@eventhorizon/core/flows/request-refund';
import { acknowledgeIncident } from '@eventhorizon/core/payments/acknowledge-incident';
import {
  INCIDENT_KINDS,
  type IncidentKind,
  needsDecision,
  needsPayBack,
} from '@eventhorizon/core/payments/incident';
import { listIncidents } from '@eventhorizon/core/payments/list-incidents';
import { expect, test } from 'vitest';
import { newId } from '../testing/new-id.ts';
import { runJobs } from '../testing/run-jobs.ts';
import { type SaleWorld, saleWorld } from '../testing/sale-world.ts';

const pending = async (world: SaleWorld) =>
  (await checkout(world.deps, world.command(await world.hold([world.inventory.seat(0)])))).booking;

const opened = async (world: SaleWorld, kind: IncidentKind) => {
  const booking = await pending(world);
  await world.deps.unitOfWork.run((tx) => openIncident(world.deps, tx, booking, kind, `test:${kind}`, {}));
  const [incident] = await world.deps.incidents.findOpen(booking.id);
  if (incident === undefined) throw new Error('no incident');
  return {
    booking,
    incident,
    ack: { organizationId: booking.organizationId, incidentId: incident.id, by: newId('usr') },
  };
};

test.each(INCIDENT_KINDS.filter((kind) => !needsDecision(kind) && !needsPayBack(kind)))(
  'an incident %s is closed by its organization’s note, once',
  async (kind) => {
    await using world = await saleWorld();
    const { ack, booking } = await opened(world, kind);
    const note = 'Asked the bank; nothing more to do.';
    const acknowledge = (change = {}) => acknowledgeIncident(world.deps, { ...ack, note, ...change });
    await expect(acknowledge({ organizationId: newId('org') })).rejects.toMatchObject({
      code: 'thing.not_found',
    });
    await acknowledge();
    // Its answer may have been lost.
    await acknowledge();
    await expect(acknowledge({ note: 'Something else.' })).rejects.toMatchObject({ code: 'incident.closed' });
    expect(await world.deps.incidents.findOwn(ack.organizationId, ack.incidentId)).toMatchObject({
      resolution: note,
    });
    const { items } = await listIncidents(world.deps, { ...ack, state: 'open', limit: 5 });
    expect(items).toEqual([]);
    expect(await world.deps.bookings.find(booking.id)).toMatchObject({ status: 'pending' });
  },
);

test('money that is not what the booking costs cannot be waved through with a note', async () => {
  await using world = await saleWorld();
  const { ack, booking } = await opened(world, 'payment_mismatch');
  await expect(acknowledgeIncident(world.deps, { ...ack, note: 'fine' })).rejects.toMatchObject({
    code: 'incident.needs_decision',
  });
  expect(await world.deps.incidents.findOpen(booking.id)).toHaveLength(1);
});

/** 50.00 captured for a booking without tickets. */
const keepMoney = (world: SaleWorld, bookingId: string) =>
  world.mongo.db
    .collection('payments')
    .updateOne({ bookingId }, { $set: { status: 'captured', captured: 5_000, capturedCurrency: 'EUR' } });

test.each(INCIDENT_KINDS.map((kind) => ({ kind, excused: needsDecision(kind) })))(
  'money without tickets beside an open $kind is excused by the audit: $excused',
  async ({ kind, excused }) => {
    await using world = await saleWorld();
    const { booking } = await opened(world, kind);
    await keepMoney(world, booking.id);
    const found = (await world.audit()).findings.map((finding) => finding.kind);
    expect(found).toEqual(excused ? [] : ['money_without_tickets']);
  },
);

/** A booking that lost its tickets, of whose captured 50.00 `amount` were to go back, which failed for good. */
const failedRefund = async (world: SaleWorld, amount: number) => {
  const booking = await pending(world);
  const [intentId = ''] = world.gateway.intents.keys();
  await receiveWebhook(world.deps, world.gateway.delivery(world.gateway.pay(intentId)));
  await runJobs(world, { only: ['booking.finalize'] });
  world.gateway.fate('refund', 'rejected');
  await requestRefund(world.deps, {
    organizationId: booking.organizationId,
    refundId: newId('rfd'),
    paymentId: booking.paymentId ?? newId('pay'),
    amount,
  });
  await runJobs(world, { only: ['refund.send'] });
  await world.mongo.db.collection('tickets').deleteMany({});
  await world.mongo.db.collection('bookings').updateMany({}, { $set: { status: 'cancelled' } });
  await world.mongo.db.collection('claims').deleteMany({});
  await world.mongo.db.collection('buyerLimits').deleteMany({});
  return booking;
};

test('a refund that failed excuses as much money as it was to send back, until it is acknowledged', async () => {
  await using world = await saleWorld();
  const booking = await failedRefund(world, 5_000);
  expect((await world.audit()).findings).toEqual([]);
  const [incident] = await world.deps.incidents.findOpen(booking.id);
  await acknowledgeIncident(world.deps, {
    organizationId: booking.organizationId,
    incidentId: incident?.id ?? newId('inc'),
    note: 'Will pay by bank transfer.',
    by: newId('usr'),
  });
  expect((await world.audit()).findings.map(({ kind }) => kind)).toEqual(['money_without_tickets']);
});

test('a small refund that failed does not hide the rest of the money', async () => {
  await using world = await saleWorld();
  await failedRefund(world, 100);
  expect((await world.audit()).findings.map(({ kind }) => kind)).toEqual(['money_without_tickets']);
});
