import { declineTransfer } from '@eventhorizon/core/flows/decline-transfer';
import { giveUpTickets } from '@eventhorizon/core/flows/give-up-tickets';
import { resendTransfer } from '@eventhorizon/core/flows/resend-transfer';
import { withdrawTransfer } from '@eventhorizon/core/flows/withdraw-transfer';
import { ATTEMPT_LIMITS } from '@eventhorizon/core/identity/attempts';
import { DAY_MS, HOUR_MS } from '@eventhorizon/core/shared/clock';
import { isDomainError } from '@eventhorizon/core/shared/errors';
import type { Ticket } from '@eventhorizon/core/tickets/ticket';
import { getTicketHolders } from '@eventhorizon/core/transfers/get-ticket-holders';
import { listMyTransfers } from '@eventhorizon/core/transfers/list-my-transfers';
import { previewTransfer } from '@eventhorizon/core/transfers/preview-transfer';
import { expect, test } from 'vitest';
import { expectConsistent } from '../redis/testing/recount.ts';
import { newId } from '../testing/new-id.ts';
import { runJobs } from '../testing/run-jobs.ts';
import { sell } from '../testing/sell.ts';
import { type TransferWorld, transferWorld } from '../testing/transfer-world.ts';

const firstOf = <T>([first]: readonly T[]): T => {
  if (first === undefined) throw new Error('there is none');
  return first;
};

/** Ada has bought `seats` seats, and Bob has an account. */
const adaAndBob = async (world: TransferWorld, seats = 1) => {
  const ada = await world.person('ada');
  const bob = await world.person('bob');
  const units = Array.from({ length: seats }, (_, n) => world.inventory.seat(n));
  const { booking, tickets } = await sell(world, units, ada.id);
  return { ada, bob, booking, tickets, ticket: firstOf(tickets) };
};

const refusal = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => null,
    (error: unknown) => {
      if (!isDomainError(error)) throw error;
      return error.code;
    },
  );

/** The kinds of what was told, by name. */
const told = async (world: TransferWorld): Promise<string[]> => {
  const letters = world.mongo.db.collection('notifications').find({ 'notice.transferId': { $exists: true } });
  return (await letters.toArray()).map(({ notice }) => notice.kind).sort();
};

const limits = async ({ deps, event }: TransferWorld): Promise<Record<string, number>> => {
  const counted: Record<string, number> = {};
  for await (const { person, count } of deps.buyerLimits.streamOfEvent(event.id)) counted[person] = count;
  return counted;
};

const valid = async ({ deps, event }: TransferWorld): Promise<Ticket[]> => {
  const all: Ticket[] = [];
  for await (const ticket of deps.tickets.streamOfEvent(event.id))
    if (ticket.status === 'valid') all.push(ticket);
  return all;
};

test('an accepted ticket is void for the sender and valid for the receiver, on the same unit, when the event is sold out', async () => {
  await using world = await transferWorld({}, { seats: 1, places: 0 });
  const { ada, bob, booking, ticket } = await adaAndBob(world);
  const started = await world.start(ticket.id, ada.id, 'Bob@Example.org', { attendeeName: 'Robert' });
  expect(started).toMatchObject({ status: 'open', email: 'Bob@Example.org', letters: 1 });
  const token = await world.tokenOf(started.id);
  expect(await previewTransfer(world.deps, { token })).toMatchObject({
    label: ticket.label,
    from: 'ada',
    invited: 'B…@Example.org',
    event: { title: booking.event.title },
  });
  const received = await world.accept(token, bob.id);
  expect(received).toMatchObject({
    holderId: bob.id,
    unitId: ticket.unitId,
    bookingId: booking.id,
    attendeeName: 'Robert',
    status: 'valid',
    generation: 2,
  });
  expect(await world.deps.tickets.find(ticket.id)).toMatchObject({ status: 'void', generation: 1 });
  expect(await valid(world)).toEqual([received]);
  expect(await world.deps.bookings.find(booking.id)).toMatchObject({
    status: 'confirmed',
    userId: ada.id,
    revision: booking.revision + 2,
  });
  expect(await limits(world)).toEqual({ [ada.id]: 0, [bob.id]: 1 });
  expect(await told(world)).toEqual([
    'transfer_accepted',
    'transfer_offered',
    'transfer_received',
    'transfer_started',
  ]);
  await runJobs(world);
  await expectConsistent(world.inventory);
  expect((await world.audit()).findings).toEqual([]);
});

test('who holds a ticket passes it on further, and the organizer reads through whose hands it went', async () => {
  await using world = await transferWorld();
  const { ada, bob, ticket } = await adaAndBob(world, 2);
  const carla = await world.person('carla');
  const second = await world.pass(ticket, bob);
  expect(await refusal(world.start(second.id, ada.id, 'carla@example.org'))).toBe('thing.not_found');
  expect(await refusal(world.start(ticket.id, ada.id, 'carla@example.org'))).toBe('transfer.ticket_void');
  await world.pass(second, carla);
  const { organizationId } = world.event;
  const chain = await getTicketHolders(world.deps, { organizationId, ticketId: second.id });
  expect(chain.holders.map(({ generation, status, email }) => [generation, status, email])).toEqual([
    [1, 'void', 'ada@example.org'],
    [2, 'void', 'bob@example.org'],
    [3, 'valid', 'carla@example.org'],
  ]);
  const foreign = { organizationId: newId('org'), ticketId: second.id };
  expect(await refusal(getTicketHolders(world.deps, foreign))).toBe('thing.not_found');
});

test('the letter alone is no right: another account and an address that is not confirmed are refused, and nothing is used up', async () => {
  await using world = await transferWorld();
  const { ada, ticket } = await adaAndBob(world);
  const mallory = await world.person('mallory');
  const carla = await world.person('carla', { verified: false });
  const { id } = await world.start(ticket.id, ada.id, 'carla@example.org');
  const token = await world.tokenOf(id);
  expect(await refusal(world.accept(token, mallory.id))).toBe('transfer.other_address');
  expect(await refusal(world.accept(token, ada.id))).toBe('transfer.other_address');
  expect(await refusal(world.accept(token, carla.id))).toBe('transfer.address_unverified');
  expect(await refusal(world.accept('a guess', carla.id))).toBe('transfer.gone');
  await world.deps.users.markEmailVerified(carla.id, carla.emailKey, world.clock.now());
  expect(await world.accept(token, carla.id)).toMatchObject({ holderId: carla.id });
});

test('a code works once: asked again its receiver gets the same ticket, and after passing it on nothing', async () => {
  await using world = await transferWorld();
  const { ada, bob, ticket } = await adaAndBob(world);
  const carla = await world.person('carla');
  const { id } = await world.start(ticket.id, ada.id, bob.email);
  const token = await world.tokenOf(id);
  const received = await world.accept(token, bob.id);
  expect(await world.accept(token, bob.id)).toEqual(received);
  await world.pass(received, carla);
  expect(await world.accept(token, bob.id)).toMatchObject({ id: received.id, status: 'void' });
  expect((await valid(world)).map(({ holderId }) => holderId)).toEqual([carla.id]);
});

test('one ticket is on its way to one receiver, until it is withdrawn or declined', async () => {
  await using world = await transferWorld();
  const { ada, bob, ticket } = await adaAndBob(world);
  const first = await world.start(ticket.id, ada.id, 'carla@example.org');
  const token = await world.tokenOf(first.id);
  expect(await refusal(world.start(ticket.id, ada.id, bob.email))).toBe('transfer.open_already');
  const mine = { transferId: first.id, userId: ada.id };
  expect(await refusal(withdrawTransfer(world.deps, { ...mine, userId: bob.id }))).toBe('thing.not_found');
  expect(await withdrawTransfer(world.deps, mine)).toMatchObject({ status: 'withdrawn' });
  expect(await withdrawTransfer(world.deps, mine)).toMatchObject({ status: 'withdrawn' });
  expect(await refusal(declineTransfer(world.deps, { token }))).toBe('transfer.gone');

  let begun = 0;
  const run: typeof world.deps.unitOfWork.run = (work) => {
    begun += 1;
    return world.deps.unitOfWork.run(work);
  };
  const guess = () =>
    refusal(
      declineTransfer({ ...world.deps, unitOfWork: { run } }, { token: 'a guess', network: '203.0.113.7' }),
    );
  for (let n = 0; n < ATTEMPT_LIMITS.present_code_per_address.count; n += 1)
    expect(await guess()).toBe('transfer.gone');
  expect(await guess()).toBe('auth.too_many_attempts');
  expect(begun, 'transactions for guesses').toBe(0);

  const second = await world.start(ticket.id, ada.id, bob.email);
  const declined = await world.tokenOf(second.id);
  expect(await declineTransfer(world.deps, { token: declined })).toEqual({ status: 'declined' });
  expect(await declineTransfer(world.deps, { token: declined })).toEqual({ status: 'declined' });
  expect(await refusal(world.accept(declined, bob.id))).toBe('transfer.gone');
  expect(await refusal(withdrawTransfer(world.deps, { transferId: second.id, userId: ada.id }))).toBe(
    'transfer.gone',
  );
  expect(await told(world)).toEqual([
    ...['transfer_declined', 'transfer_offered', 'transfer_offered', 'transfer_started', 'transfer_started'],
    ...['transfer_taken_back', 'transfer_withdrawn'],
  ]);
  const { items } = await listMyTransfers(world.deps, { userId: ada.id, limit: 1 });
  expect(items).toMatchObject([{ id: second.id, status: 'declined' }]);
  expect(await valid(world)).toMatchObject([{ id: ticket.id, holderId: ada.id }]);
});

test('the event says whether and until when: what is not accepted by then lapses as the event stands, and the sender is told', async () => {
  await using world = await transferWorld({ transfers: { allowed: true, endsBeforeStartMs: HOUR_MS } });
  const { ada, bob, ticket } = await adaAndBob(world);
  const { id, expiresAt } = await world.start(ticket.id, ada.id, bob.email);
  expect(expiresAt?.getTime()).toBe(world.event.startsAt.at.getTime() - HOUR_MS);
  const token = await world.tokenOf(id);

  await world.setEvent({ transfers: { allowed: false, endsBeforeStartMs: 0 } });
  expect(await refusal(world.accept(token, bob.id))).toBe('transfer.not_possible');
  await world.setEvent({ transfers: { allowed: true, endsBeforeStartMs: HOUR_MS } });
  world.clock.forward(2 * DAY_MS - HOUR_MS / 2);
  expect(await refusal(world.accept(token, bob.id))).toBe('transfer.not_possible');
  expect(await refusal(previewTransfer(world.deps, { token }))).toBe('transfer.gone');
  const listed = () => listMyTransfers(world.deps, { userId: ada.id, limit: 1 });
  expect((await listed()).items).toMatchObject([{ status: 'expired' }]);

  // Moved by a day: the same offer stands again.
  const { startsAt } = world.event;
  await world.setEvent({ startsAt: { ...startsAt, at: new Date(startsAt.at.getTime() + DAY_MS) } });
  expect((await listed()).items).toMatchObject([{ status: 'open' }]);
  expect((await runJobs(world, { only: ['transfer.expire'] })).map(({ job }) => job)).toContain(
    'transfer.expire',
  );
  await world.setEvent({ startsAt });
  await runJobs(world, { only: ['transfer.expire'] });
  expect(await world.deps.transfers.find(id)).toMatchObject({ status: 'expired' });
  expect(await told(world)).toContain('transfer_expired');
  expect(await refusal(world.start(ticket.id, ada.id, bob.email))).toBe('transfer.not_possible');
  expect(await valid(world)).toMatchObject([{ id: ticket.id, holderId: ada.id }]);
});

test('letters to strangers are counted by sender and receiver, ask for a confirmed sender, and bring no web address', async () => {
  await using world = await transferWorld();
  const { ada, ticket } = await adaAndBob(world);
  const { id } = await world.start(ticket.id, ada.id, 'carla@example.org', { message: 'Enjoy. See you!' });
  expect(world.deps.attempts.taken).toEqual([
    `transfer_per_account:${ada.id}`,
    'transfer_per_recipient:carla@example.org',
  ]);
  const mine = { transferId: id, userId: ada.id };
  expect(await refusal(resendTransfer(world.deps, mine))).toBe('transfer.letter_too_soon');
  for (let letter = 2; letter <= 5; letter += 1) {
    world.clock.forward(HOUR_MS / 10);
    expect(await resendTransfer(world.deps, mine)).toMatchObject({ letters: letter });
  }
  world.clock.forward(HOUR_MS / 10);
  expect(await refusal(resendTransfer(world.deps, mine))).toBe('transfer.letters_spent');

  const spam = { message: 'Win at casino.example now' };
  expect(() => world.start(ticket.id, ada.id, 'carla@example.org', spam)).toThrow('web or e-mail addresses');
  const dora = await world.person('dora', { verified: false });
  const bought = firstOf((await sell(world, [world.inventory.seat(2)], dora.id)).tickets);
  expect(await refusal(world.start(bought.id, dora.id, 'carla@example.org'))).toBe(
    'transfer.sender_unverified',
  );
  expect(await refusal(world.start(ticket.id, ada.id, 'ADA@example.org'))).toBe('transfer.to_self');
});

test('a ticket that is given up takes its offer with it, and a passed on one lowers the limit of its holder', async () => {
  await using world = await transferWorld();
  const { ada, bob, booking, tickets, ticket } = await adaAndBob(world, 2);
  const other = firstOf(tickets.slice(1));
  const received = await world.pass(ticket, bob);
  const { id } = await world.start(other.id, ada.id, 'carla@example.org');
  const giveUp = (given: Ticket) =>
    world.deps.unitOfWork.run(async (tx) => {
      const now = await world.deps.bookings.find(booking.id, tx);
      if (now === null) throw new Error('no booking');
      const refund = { amount: 5_000, reason: 'buyer' } as const;
      return giveUpTickets(world.deps, tx, {
        id: newId('rfd'),
        booking: now,
        tickets: [given],
        by: 'holder',
        refund,
      });
    });
  await giveUp(received);
  expect(await limits(world)).toEqual({ [ada.id]: 1, [bob.id]: 0 });
  await giveUp(other);
  expect(await world.deps.transfers.find(id)).toMatchObject({ status: 'expired' });
  expect(await told(world)).toContain('transfer_withdrawn');
  expect(await limits(world)).toEqual({ [ada.id]: 0, [bob.id]: 0 });
  await runJobs(world);
  await expectConsistent(world.inventory);
  expect((await world.audit()).findings).toEqual([]);
});

test('who was given a ticket is told when the organizer gives it up', async () => {
  await using world = await transferWorld();
  const { ada, bob, booking, ticket } = await adaAndBob(world, 2);
  const { id } = await world.start(ticket.id, ada.id, bob.email);
  const wishes = { phone: '+491701234567', wantsSms: true };
  await world.accept(await world.tokenOf(id), bob.id, world.deps, wishes);
  await world.deps.unitOfWork.run(async (tx) => {
    const now = await world.deps.bookings.find(booking.id, tx);
    if (now === null) throw new Error('no booking');
    const command = {
      id: newId('rfd'),
      booking: now,
      tickets: 'all',
      by: 'organizer',
      refund: null,
    } as const;
    return giveUpTickets(world.deps, tx, command);
  });
  const sent = await world.mongo.db
    .collection('notifications')
    .find({ 'notice.kind': 'held_tickets_cancelled' })
    .toArray();
  expect(sent.map(({ notice, channel }) => [notice.holderId, channel])).toEqual([[bob.id, 'email']]);
});
