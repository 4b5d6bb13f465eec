import { auditMirror } from '@eventhorizon/core/flows/audit-mirror';
import { checkout } from '@eventhorizon/core/flows/checkout';
import { payBackByHand } from '@eventhorizon/core/flows/pay-back-by-hand';
import { receiveWebhook } from '@eventhorizon/core/flows/receive-webhook';
import { requestRefund } from '@eventhorizon/core/flows/request-refund';
import { sellAtBoxOffice } from '@eventhorizon/core/flows/sell-at-box-office';
import { sendRefund } from '@eventhorizon/core/flows/send-refund';
import { acknowledgeIncident } from '@eventhorizon/core/payments/acknowledge-incident';
import { Crashed, crashAt } from '@eventhorizon/core/testing/crash-at';
import { expect, test } from 'vitest';
import { type BoxOfficeWorld, boxOfficeWorld, places } from '../testing/box-office-world.ts';
import { newId } from '../testing/new-id.ts';
import { runJobs } from '../testing/run-jobs.ts';

const HOUR_MS = 3_600_000;

const expectClean = async (world: BoxOfficeWorld) => {
  expect(await runJobs(world)).toEqual([]);
  const report = await world.audit();
  expect(report.findings).toEqual([]);
  const mirror = await auditMirror({ ...world.deps, mirror: world.inventory.mirror }, world.event.id);
  expect(mirror).toMatchObject({ cold: false, differences: [] });
  return report.counts;
};

const place = (world: BoxOfficeWorld, quantity = 1) => places(world.inventory.areaId, quantity);

test('a customer without an account pays in cash and has tickets at once; the provider hears of nothing', async () => {
  await using world = await boxOfficeWorld();
  const hold = await world.holdFor(place(world, 2));
  const booking = await sellAtBoxOffice(world.organizer, world.sale(hold, { note: 'pays in coins' }));
  expect(booking).toMatchObject({
    status: 'confirmed',
    userId: null,
    total: { amount: 6_000, currency: 'EUR' },
    sale: { channel: 'box_office', soldBy: world.access().userId, note: 'pays in coins', reason: null },
  });
  const payment = booking.paymentId === null ? null : await world.deps.payments.find(booking.paymentId);
  expect(payment).toMatchObject({
    status: 'captured',
    captured: 6_000,
    intentId: null,
    offline: { method: 'cash', takenBy: world.access().userId },
  });
  expect(await expectClean(world)).toMatchObject({ validTickets: 2, captured: 1, claims: 2 });
  expect(world.gateway.calls).toEqual([]);
});

test('the same call again answers with the same booking, and sells nothing more', async () => {
  await using world = await boxOfficeWorld();
  const command = world.sale(await world.holdFor(place(world)));
  const [first, second] = await Promise.all([
    sellAtBoxOffice(world.organizer, command),
    sellAtBoxOffice(world.organizer, command),
  ]);
  expect(second.id).toBe(first.id);
  expect((await sellAtBoxOffice(world.organizer, command)).id).toBe(first.id);
  expect(await expectClean(world)).toMatchObject({ claims: 1, validTickets: 1 });
});

test('two sellers with one hold: one sells it, and the other is told that nothing was sold for the second customer', async () => {
  await using world = await boxOfficeWorld();
  const toAda = world.sale(await world.holdFor(place(world)));
  const toBob = {
    ...toAda,
    buyer: { name: 'Bob', email: 'bob@example.org', phone: null },
    access: { ...world.access(), userId: newId('usr') },
  };
  const ends = await Promise.allSettled([
    sellAtBoxOffice(world.organizer, toAda),
    sellAtBoxOffice(world.organizer, toBob),
  ]);
  expect(ends.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  const [sold, refused] = ends[0].status === 'fulfilled' ? [toAda, toBob] : [toBob, toAda];
  const booking = await sellAtBoxOffice(world.organizer, sold);
  const { reference } = booking;
  await expect(sellAtBoxOffice(world.organizer, refused)).rejects.toMatchObject({
    code: 'sale.hold_sold',
    details: { reference },
  });
  expect(await expectClean(world)).toMatchObject({ claims: 1, captured: 1 });
});

test('a sale of a sold hold that differs in anything that was agreed is no repetition of it', async () => {
  await using world = await boxOfficeWorld();
  const command = world.sale(await world.holdFor(place(world)));
  await sellAtBoxOffice(world.organizer, command);
  const others: Partial<typeof command>[] = [
    { access: { ...command.access, userId: newId('usr') } },
    { buyer: { ...command.buyer, name: 'Bob' } },
    { buyer: { ...command.buyer, email: 'bob@example.org' } },
    { buyer: { ...command.buyer, email: null } },
    { settlement: { kind: 'paid', method: 'card_terminal' } },
    { settlement: { kind: 'complimentary', reason: 'press' } },
    { channel: 'phone' },
    { amount: 2_999 },
    { lines: [] },
  ];
  for (const change of others)
    await expect(sellAtBoxOffice(world.organizer, { ...command, ...change })).rejects.toMatchObject({
      code: expect.stringMatching(/^(sale|checkout)\./),
    });
  expect(await expectClean(world)).toMatchObject({ claims: 1, captured: 1 });
});

test('an honest repetition is found again although the address was corrected, or proved by an account, since', async () => {
  await using world = await boxOfficeWorld();
  const command = world.sale(await world.holdFor(place(world)));
  const { id } = await sellAtBoxOffice(world.organizer, command);
  await world.account('ada@example.org', true);
  await world.mongo.db
    .collection<{ _id: string }>('bookings')
    .updateOne({ _id: id }, { $set: { 'buyer.email': 'ada@example.com' } });
  expect((await sellAtBoxOffice(world.organizer, command)).id).toBe(id);
});

test('a complimentary ticket costs nothing and says why; it is no revenue', async () => {
  await using world = await boxOfficeWorld();
  const hold = await world.holdFor(place(world));
  const settlement = { kind: 'complimentary', reason: 'press' } as const;
  const booking = await sellAtBoxOffice(world.organizer, world.sale(hold, { settlement, amount: 0 }));
  expect(booking).toMatchObject({
    total: { amount: 0 },
    paymentId: null,
    sale: { channel: 'complimentary', reason: 'press' },
  });
  expect(await expectClean(world)).toMatchObject({ captured: 0, validTickets: 1 });
});

test('what was taken must be what the tickets cost, or nothing is sold', async () => {
  await using world = await boxOfficeWorld();
  const command = world.sale(await world.holdFor(place(world)), { amount: 2_999 });
  await expect(sellAtBoxOffice(world.organizer, command)).rejects.toMatchObject({
    code: 'sale.amount_differs',
    details: { due: 3_000, amount: 2_999 },
  });
  expect(await expectClean(world)).toMatchObject({ claims: 0 });
});

test('an organizer sells before and after the sales window, when a buyer cannot', async () => {
  for (const change of [
    { salesStartAt: new Date(Date.now() + HOUR_MS) },
    { salesStartAt: null, salesEndAt: new Date(Date.now() - HOUR_MS) },
  ]) {
    await using world = await boxOfficeWorld(change);
    await expect(world.hold([world.inventory.place(1)])).rejects.toThrow('not_on_sale');
    await sellAtBoxOffice(world.organizer, world.sale(await world.holdFor(place(world))));
    expect(await expectClean(world)).toMatchObject({ claims: 1 });
  }
});

test('but not of an event that is not on sale at all', async () => {
  await using world = await boxOfficeWorld();
  const hold = await world.holdFor(place(world));
  await world.setEvent({ status: 'cancelled' });
  await expect(sellAtBoxOffice(world.organizer, world.sale(hold))).rejects.toMatchObject({
    code: 'sale.closed',
  });
  expect((await world.audit()).counts.claims).toBe(0);
});

/** A buyer and the box office both hold the only place, because Redis has lost everything between their holds. */
const bothHold = async (world: BoxOfficeWorld) => {
  const lose = async () => {
    await world.inventory.redis.flushall();
    await world.rebuild();
  };
  const buyers = await world.hold([world.inventory.place(1)]);
  await lose();
  const ours = await world.holdFor(place(world));
  await lose();
  const converting = async () => ({ outcome: 'converting' as const, hold: buyers });
  const holds = { ...world.deps.holds, beginConversion: converting };
  const found = { ...world.organizer.holds, find: async () => ours };
  return {
    buy: () => checkout({ ...world.deps, holds }, world.command(buyers)),
    sell: () => sellAtBoxOffice({ ...world.organizer, holds: found }, world.sale(ours)),
  };
};

test('the last place goes to a buyer or over the counter, never to both, also when Redis lets both through', async () => {
  await using world = await boxOfficeWorld({}, { seats: 0, places: 1 });
  const { buy, sell } = await bothHold(world);
  const ends = await Promise.allSettled([buy(), sell()]);
  expect(ends.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  const refused = ends.find((end): end is PromiseRejectedResult => end.status === 'rejected');
  expect(refused?.reason).toMatchObject({ code: 'units.taken' });
  expect((await world.audit()).counts.claims).toBe(1);
  expect((await world.audit()).findings).toEqual([]);
});

test('twin: without the unique index over claims the last place is sold to both', async () => {
  await using world = await boxOfficeWorld({}, { seats: 0, places: 1 });
  await world.mongo.db.collection('claims').dropIndex('unit_once');
  const { buy, sell } = await bothHold(world);
  await Promise.all([buy(), sell()]);
  expect((await world.audit()).findings.map(({ kind }) => kind)).toContain('unit_claimed_twice');
});

test('a customer has no more than the limit, over the counter and by an account of the same address together', async () => {
  await using world = await boxOfficeWorld({ maxPerPerson: 3 });
  const ada = await world.account('ada@example.org', true);
  const { booking } = await checkout(
    world.deps,
    world.command(await world.hold([world.inventory.seat(0), world.inventory.seat(1)], ada.id)),
  );
  expect(booking.userId).toBe(ada.id);
  const tooMany = world.sale(await world.holdFor(place(world, 2)));
  await expect(sellAtBoxOffice(world.organizer, tooMany)).rejects.toMatchObject({
    code: 'hold.limit',
    details: { limit: 3, have: 2 },
  });
  const one = await sellAtBoxOffice(world.organizer, world.sale(await world.holdFor(place(world))));
  expect(one.userId).toBe(ada.id);
  const history = await world.deps.bookings.listOfUser(ada.id, { status: null }, { limit: 10 });
  expect(history.items.map(({ id }) => id)).toEqual([one.id, booking.id]);
});

test('an account that has not proved its address is given no booking, and has no second limit either', async () => {
  await using world = await boxOfficeWorld({ maxPerPerson: 2 });
  const ada = await world.account('ada@example.org', false);
  await checkout(world.deps, world.command(await world.hold([world.inventory.seat(0)], ada.id)));
  const tooMany = world.sale(await world.holdFor(place(world, 2)));
  await expect(sellAtBoxOffice(world.organizer, tooMany)).rejects.toMatchObject({
    code: 'hold.limit_shared',
    details: { limit: 2, have: 0 },
  });
  const sold = await sellAtBoxOffice(world.organizer, world.sale(await world.holdFor(place(world))));
  expect(sold).toMatchObject({ userId: null, sale: { person: expect.stringMatching(/^mail:/) } });
});

test('an address of no account counts by itself, however it is written', async () => {
  await using world = await boxOfficeWorld({ maxPerPerson: 2 });
  const to = (email: string) => ({ buyer: { name: 'Ada', email, phone: null } });
  const sold = await sellAtBoxOffice(
    world.organizer,
    world.sale(await world.holdFor(place(world, 2)), to('ada@example.org')),
  );
  expect(sold.userId).toBeNull();
  await expect(
    sellAtBoxOffice(world.organizer, world.sale(await world.holdFor(place(world)), to('ADA@example.org'))),
  ).rejects.toMatchObject({ code: 'hold.limit' });
  const stored = JSON.stringify([
    await world.mongo.db.collection('claims').find().toArray(),
    await world.mongo.db.collection('buyerLimits').find().toArray(),
  ]);
  expect(stored).not.toContain('example.org');
});

test('twin: with every sale its own person, the same customer passes the limit', async () => {
  await using world = await boxOfficeWorld({ maxPerPerson: 2 });
  let n = 0;
  const personKeys = {
    ofEmail: () => {
      n += 1;
      return `mail:${n}`;
    },
  };
  for (let i = 0; i < 2; i += 1)
    await sellAtBoxOffice(
      { ...world.organizer, personKeys },
      world.sale(await world.holdFor(place(world, 2))),
    );
  expect((await world.audit()).counts.claims).toBe(4);
});

test('the limits are passed with a reason on record, by a role that may only', async () => {
  await using world = await boxOfficeWorld({ maxPerBooking: 2, maxPerPerson: 2 });
  await expect(world.holdFor(place(world, 3))).rejects.toMatchObject({ code: 'hold.too_many' });
  await expect(world.holdFor(place(world, 3), { overLimit: true, role: 'seller' })).rejects.toMatchObject({
    code: 'capability.missing',
  });
  const hold = await world.holdFor(place(world, 3), { overLimit: true });
  await expect(sellAtBoxOffice(world.organizer, world.sale(hold))).rejects.toMatchObject({
    code: 'hold.too_many',
  });
  const limitOverride = 'a school class';
  await expect(
    sellAtBoxOffice(world.organizer, world.sale(hold, { limitOverride, access: world.access('seller') })),
  ).rejects.toMatchObject({ code: 'capability.missing', details: { capability: 'boxoffice.override' } });
  const booking = await sellAtBoxOffice(world.organizer, world.sale(hold, { limitOverride }));
  expect(booking.sale).toMatchObject({ limitOverride });
  expect(await expectClean(world)).toMatchObject({ claims: 3 });
});

test('an organizer may leave a single seat alone, and a hold is no other organization’s', async () => {
  await using world = await boxOfficeWorld();
  const unitIds = [world.inventory.seat(1).unitId];
  const hold = await world.holdFor({ kind: 'seats', unitIds });
  const foreign = { ...world.access(), organizationId: newId('org') };
  await expect(sellAtBoxOffice(world.organizer, world.sale(hold, { access: foreign }))).rejects.toMatchObject(
    { code: 'hold.gone' },
  );
  await sellAtBoxOffice(world.organizer, world.sale(hold));
  await expect(sellAtBoxOffice(world.organizer, world.sale(hold, { access: foreign }))).rejects.toMatchObject(
    { code: 'hold.gone' },
  );
});

test('a sale killed before or after any of its calls is whole or nothing, and is found again', async () => {
  await using world = await boxOfficeWorld({}, { seats: 60, places: 0 });
  let seat = 0;
  let steps = 0;
  for (let at = 1, crashed = true; crashed; at += 1) {
    for (const when of ['before', 'after'] as const) {
      const hold = await world.holdFor({ kind: 'seats', unitIds: [world.inventory.seat(seat).unitId] });
      seat += 1;
      const buyer = { name: 'Ada', email: `ada${seat}@example.org`, phone: null };
      const command = world.sale(hold, { buyer });
      const mortal = crashAt(world.organizer, { at, when });
      await sellAtBoxOffice(mortal.deps, command).catch((error: unknown) => {
        if (!(error instanceof Crashed) && !mortal.crashed()) throw error;
      });
      crashed = mortal.crashed();
      const again = await sellAtBoxOffice(world.organizer, command);
      expect(again.holdId).toBe(hold.id);
    }
    steps = at;
  }
  expect(steps).toBeGreaterThan(10);
  expect(await expectClean(world)).toMatchObject({ claims: seat, validTickets: seat, captured: seat });
});

test('money taken by hand goes back by hand: an organizer is told, says that it is done, and it never exceeds what was taken', async () => {
  await using world = await boxOfficeWorld();
  const booking = await sellAtBoxOffice(world.organizer, world.sale(await world.holdFor(place(world))));
  const { organizationId } = world.event;
  const { paymentId } = booking;
  if (paymentId === null) throw new Error('nothing was paid');
  const refundId = newId('rfd');
  const ask = { organizationId, paymentId, refundId, amount: 1_000 };
  expect(await requestRefund(world.deps, ask)).toMatchObject({ status: 'requested', intentId: null });
  await expect(
    requestRefund(world.deps, { ...ask, refundId: newId('rfd'), amount: 2_001 }),
  ).rejects.toMatchObject({ code: 'refund.exceeds_captured' });
  await runJobs(world);
  expect(await world.deps.incidents.findOpen(booking.id)).toMatchObject([
    { kind: 'refund_by_hand', facts: { refundId, amount: 1_000 } },
  ]);
  const [incident] = await world.deps.incidents.findOpen(booking.id);
  const noted = { organizationId, incidentId: incident?.id ?? newId('inc'), note: 'later', by: newId('usr') };
  await expect(acknowledgeIncident(world.deps, noted)).rejects.toMatchObject({
    code: 'incident.needs_pay_back',
  });

  const foreign = { ...world.access(), organizationId: newId('org') };
  const word = { organizationId, refundId, note: 'in cash' };
  await expect(payBackByHand(world.deps, { ...word, access: foreign })).rejects.toMatchObject({
    code: 'thing.not_found',
  });
  const settled = await payBackByHand(world.deps, { ...word, access: world.access() });
  expect(settled).toMatchObject({
    status: 'settled',
    paidBack: { by: world.access().userId, note: 'in cash' },
  });
  expect(await payBackByHand(world.deps, { ...word, access: world.access() })).toMatchObject({
    endedAt: settled.endedAt,
  });
  const by = world.access().userId;
  const late = { ...word, access: { ...world.access(), userId: newId('usr') } };
  for (const another of [late, { ...word, note: 'by transfer', access: world.access() }])
    await expect(payBackByHand(world.deps, another)).rejects.toMatchObject({
      code: 'refund.paid_back_before',
      details: { by, at: settled.endedAt?.toISOString() },
    });
  expect(await world.deps.incidents.findOpen(booking.id)).toEqual([]);
  expect(await expectClean(world)).toMatchObject({ captured: 1, openIncidents: 0 });
  expect(world.gateway.calls).toEqual([]);
});

test('of two who say at once that they gave the same money back, one is told that the other did', async () => {
  await using world = await boxOfficeWorld();
  const booking = await sellAtBoxOffice(world.organizer, world.sale(await world.holdFor(place(world))));
  const refundId = newId('rfd');
  const { organizationId } = world.event;
  const paymentId = booking.paymentId ?? newId('pay');
  await requestRefund(world.deps, { organizationId, paymentId, refundId, amount: 100 });
  const word = { organizationId, refundId, note: null };
  const accesses = [world.access(), { ...world.access(), userId: newId('usr') }];
  const ends = await Promise.allSettled(
    accesses.map((access) => payBackByHand(world.deps, { ...word, access })),
  );
  const refused = ends.find((end): end is PromiseRejectedResult => end.status === 'rejected');
  expect(ends.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  expect(refused?.reason).toMatchObject({ code: 'refund.paid_back_before' });
});

test('what is paid back before anybody was asked to asks nobody', async () => {
  await using world = await boxOfficeWorld();
  const booking = await sellAtBoxOffice(world.organizer, world.sale(await world.holdFor(place(world))));
  const { organizationId } = world.event;
  const paymentId = booking.paymentId ?? newId('pay');
  for (let i = 0; i < 5; i += 1) {
    const refundId = newId('rfd');
    await requestRefund(world.deps, { organizationId, paymentId, refundId, amount: 100 });
    const word = { organizationId, refundId, note: null, access: world.access() };
    // At once: whichever is first, nobody is left to be asked for money that was given back.
    await Promise.all([payBackByHand(world.deps, word), sendRefund(world.deps, { refundId })]);
    expect(await world.deps.incidents.findOpen(booking.id)).toEqual([]);
  }
  expect(await expectClean(world)).toMatchObject({ openIncidents: 0 });
});

test('a refund that the provider makes cannot be said to be paid back by hand', async () => {
  await using world = await boxOfficeWorld();
  const { booking } = await checkout(world.deps, world.command(await world.hold([world.inventory.seat(0)])));
  const [intentId = ''] = world.gateway.intents.keys();
  world.gateway.pay(intentId);
  const [intent] = world.gateway.intents.values();
  if (intent === undefined || booking.paymentId === null) throw new Error('no intent');
  await receiveWebhook(world.deps, world.gateway.delivery(intent));
  await runJobs(world);
  const refundId = newId('rfd');
  const { organizationId } = world.event;
  await requestRefund(world.deps, { organizationId, paymentId: booking.paymentId, refundId, amount: 10 });
  await expect(
    payBackByHand(world.deps, { organizationId, refundId, note: null, access: world.access() }),
  ).rejects.toMatchObject({ code: 'refund.not_by_hand' });
});
