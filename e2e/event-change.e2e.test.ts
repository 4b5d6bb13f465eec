import { type Client, createClient } from '@eventhorizon/client/create-client';
import { waitUntil } from '@eventhorizon/devstack/process/wait-until';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { expectCleanAudit } from './src/expect-clean-audit.ts';
import { organizerCli } from './src/organizer-cli.ts';
import { newShopper, type Shopper } from './src/shopper.ts';
import { testStack } from './src/test-stack.ts';

const PASSWORD = 'a long enough one';
const zone = 'Europe/Berlin';
const venue = { name: 'Hall', address: 'Weg 7', city: 'Leipzig', country: 'DE', location: null, zone };
const fields = {
  startsAt: { local: '2099-06-01T20:00', zone },
  endsAt: { local: '2099-06-01T23:00', zone },
  currency: 'EUR',
  priceCategories: [{ key: 'Floor' }],
  areas: [{ name: 'Floor', capacity: 20, priceCategory: 'Floor' }],
  ticketTypes: [{ name: 'Adult', prices: { Floor: 1500 } }],
};

type Thing = { readonly id: string };
type IncidentKind = NonNullable<Parameters<Client['api']['incidents']['list']['query']>[0]['kind']>;
type Incidents = { readonly items: readonly (Thing & { readonly kind: string })[] };
describe('an event changes after tickets were sold', async () => {
  const stack = await testStack();
  const cli = organizerCli(stack.url);
  afterAll(async () => {
    cli[Symbol.dispose]();
    await stack[Symbol.asyncDispose]();
  });
  const owner = createClient({ url: stack.url });
  const { api } = owner;
  let place = { organizationId: '', venueId: '' };

  beforeAll(async () => {
    await owner.register({ username: 'olga', email: 'olga@example.org', password: PASSWORD });
    await cli.run(['login', '-u', 'olga', '--password-stdin'], `${PASSWORD}\n`);
    const { organization } = await api.organizations.create.mutate({ name: 'Aurora Stages' });
    const { id: venueId } = await api.venues.create.mutate({ organizationId: organization.id, ...venue });
    place = { organizationId: organization.id, venueId };
  }, 120_000);

  const onSale = async (title: string) => {
    const created = await api.events.create.mutate({ ...fields, ...place, title });
    const event = { organizationId: place.organizationId, eventId: created.id };
    await api.events.publish.mutate(event);
    return {
      ...event,
      ticketTypeId: created.ticketTypes[0]?.id ?? '',
      areaId: created.areas[0]?.id ?? '',
    };
  };
  type OnSale = Awaited<ReturnType<typeof onSale>>;

  const checkOut = async (shopper: Shopper, sale: OnSale) =>
    shopper.checkOut(sale, await shopper.hold(sale, { kind: 'places', areaId: sale.areaId, quantity: 1 }));
  const buy = async (sale: OnSale) => {
    const shopper = await newShopper(stack);
    const checkedOut = await checkOut(shopper, sale);
    expect(await shopper.pay(checkedOut)).toBe('paid');
    await shopper.untilStatus(checkedOut.booking.id, 'confirmed');
    return { shopper, bookingId: checkedOut.booking.id };
  };
  const subjectsTo = (to: string, wanted: string) =>
    waitUntil(
      async () => {
        const subjects = (await stack.sandbox.emails(to)).map(({ subject }) => subject);
        return subjects.some((subject) => subject.startsWith(wanted)) ? subjects : null;
      },
      { what: `a letter "${wanted}" to ${to}`, timeoutMs: 60_000 },
    );
  const incidents = (kind: IncidentKind) =>
    waitUntil(
      async () => {
        const { organizationId } = place;
        const { items } = await api.incidents.list.query({ organizationId, kind });
        return items.length > 0 ? items : null;
      },
      { what: `an incident ${kind}`, timeoutMs: 60_000 },
    );

  test('a dispute voids nothing, and the organizer hears of it and of its end', async () => {
    const sale = await onSale('A disputed concert');
    const { shopper, bookingId } = await buy(sale);
    const intent = (await stack.sandbox.intents()).find(({ metadata }) => metadata.bookingId === bookingId);
    const dispute = (await stack.sandbox.call('POST', `/intents/${intent?.id}/dispute`)) as Thing;
    await incidents('payment_disputed');
    await subjectsTo('olga@example.org', 'A payment of 15.00 EUR is disputed');
    expect(await shopper.status(bookingId)).toBe('confirmed');
    await stack.sandbox.call('POST', `/disputes/${dispute.id}/move`, { to: 'lost' });
    const [lost] = await incidents('dispute_lost');
    await subjectsTo('olga@example.org', 'The dispute about 15.00 EUR is lost');
    await cli.run(['incidents', 'resolve', lost?.id ?? '', '--note', 'We let them come.']);
    expect(await cli.run<Incidents>(['incidents', 'list'])).toMatchObject({ items: [] });
    expect(await expectCleanAudit(stack, sale)).toMatchObject({ validTickets: 1 });
  });

  test('a postponed event keeps its tickets, gives all back to who wants it, and is told of twice', async () => {
    const sale = await onSale('A postponed concert');
    const [stays, goes] = [await buy(sale), await buy(sale)];
    await cli.run(['events', 'postpone', sale.eventId, '--reason', 'The singer is ill.']);
    await subjectsTo(stays.shopper.email, 'Postponed: A postponed concert');
    const times = ['--starts', '2099-07-01T20:00', '--ends', '2099-07-01T23:00'];
    await cli.run(['events', 'reschedule', sale.eventId, ...times]);
    await subjectsTo(stays.shopper.email, 'New date: A postponed concert');
    const { bookings } = goes.shopper.client.api;
    const quote = await bookings.quoteCancellation.query({ bookingId: goes.bookingId });
    expect(quote).toMatchObject({ total: { amount: 1500, currency: 'EUR' } });
    expect(await stays.shopper.status(stays.bookingId)).toBe('confirmed');
    await buy(sale);
    expect(await expectCleanAudit(stack, sale)).toMatchObject({ validTickets: 3 });
  });

  test('a cancelled event gives everybody everything back, by card and by hand, and tells each once', async () => {
    const sale = await onSale('A cancelled concert');
    const sold = [await buy(sale), await buy(sale)];
    const late = await newShopper(stack);
    const unpaid = await checkOut(late, sale);
    await cli.run([
      ...['boxoffice', 'sell', '--event', sale.eventId, '--type', 'Adult', '--area', 'Floor'],
      ...['--name', 'Grace', '--email', 'grace@example.org', '--pay', 'cash'],
    ]);
    const cancel = ['events', 'cancel', sale.eventId, '--reason', 'The hall is flooded.', '--title'];
    await expect(cli.run([...cancel, 'Another'])).rejects.toThrow('A cancelled concert');
    await cli.run([...cancel, 'A cancelled concert']);
    const [byHand] = await incidents('refund_by_hand');
    await cli.run([
      ...['incidents', 'resolve', byHand?.id ?? '', '--note', 'In cash, at the counter.'],
      ...['--decision', 'paid-back'],
    ]);
    const progress = await waitUntil(
      async () => {
        const now = await api.events.progress.query(sale);
        return now.money[0]?.sent.amount === 4500 ? now : null;
      },
      { what: 'all money is sent back', timeoutMs: 60_000 },
    );
    expect(await cli.run(['events', 'progress', sale.eventId])).toEqual(progress);
    expect(progress).toMatchObject({
      counts: { found: 4, ended: 4, refunded: 3, notified: 4, failed: 0 },
      money: [{ total: { amount: 4500 } }],
    });
    for (const { shopper, bookingId } of sold) {
      await shopper.untilStatus(bookingId, 'cancelled');
      const subjects = await subjectsTo(shopper.email, 'Cancelled: A cancelled concert');
      expect(subjects.filter((subject) => subject.startsWith('Cancelled'))).toHaveLength(1);
    }
    await late.untilStatus(unpaid.booking.id, 'cancelled');
    await subjectsTo('grace@example.org', 'Cancelled: A cancelled concert');
    await expect(checkOut(late, sale)).rejects.toThrow('cancelled');
    expect(await expectCleanAudit(stack, sale)).toMatchObject({ claims: 0, validTickets: 0 });
  });
});
