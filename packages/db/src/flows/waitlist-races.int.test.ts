import { auditMirror } from '@eventhorizon/core/flows/audit-mirror';
import { type PromoteWaitlistDeps, promoteWaitlist } from '@eventhorizon/core/flows/promote-waitlist';
import type { SaleDeps } from '@eventhorizon/core/flows/sale-deps';
import { settleClaims } from '@eventhorizon/core/inventory/settle-claims';
import { atCall } from '@eventhorizon/core/testing/at-call';
import { expect, test } from 'vitest';
import { onlyClaims } from '../redis/testing/inventory-fixture.ts';
import { noTransaction } from '../testing/no-transaction.ts';
import { runJobs } from '../testing/run-jobs.ts';
import { type WaitlistWorld, waitlistWorld } from '../testing/waitlist-world.ts';

const findings = async (world: WaitlistWorld): Promise<string[]> => [
  ...new Set((await world.audit()).findings.map(({ kind }) => kind)),
];

/** Ten seats in one booking, and so many who wait. */
const crowd = async (waiting: number) => {
  const world = await waitlistWorld({}, { seats: 10 });
  const booking = await world.book(...Array.from({ length: 10 }, (_, n) => world.inventory.seat(n)));
  const entries = await world.queue(waiting);
  return Object.assign(world, { booking, entries });
};

test('one seat that comes back while 50 wait is offered once, to the first of them', async () => {
  await using world = await waitlistWorld({}, { seats: 1 });
  const booking = await world.book(world.inventory.seat(0));
  const [first] = await world.queue(50);
  await world.giveUp(booking);
  await world.promote(world.promoteDeps, 3);
  expect(await world.openOffers()).toMatchObject([{ entryId: first?.id }]);
  expect(await findings(world)).toEqual([]);
  expect(await world.free()).toBe(0);
});

test('ten seats that come back at once while 15 wait make ten offers, in order, whoever promotes', async () => {
  await using world = await crowd(15);
  await world.giveUp(world.booking);
  await world.promote(world.promoteDeps, 2);
  expect((await world.openOffers()).map(({ entryId }) => entryId).sort()).toEqual(
    world.entries
      .slice(0, 10)
      .map(({ id }) => id)
      .sort(),
  );
  expect(await findings(world)).toEqual([]);
  expect((await auditMirror(world.deps, world.event.id)).differences).toEqual([]);
});

test('twin: with neither turns, nor transactions, nor compare-and-sets two promoters offer a seat twice', async () => {
  await using world = await crowd(15);
  await world.giveUp(world.booking);
  await world.mongo.db.collection('waitlistOffers').dropIndex('one_open_per_entry');
  let arrived = 0;
  let both = (): void => undefined;
  const met = new Promise<void>((resolve) => {
    both = resolve;
  });
  const careless: PromoteWaitlistDeps = {
    ...world.promoteDeps,
    unitOfWork: noTransaction,
    waitlists: {
      ...world.deps.waitlists,
      takeTurn: async (_tx, eventId) => ({ eventId, pausedAt: null }),
    },
    waitlistEntries: {
      ...world.deps.waitlistEntries,
      // Both have read the list before either writes.
      listWaiting: async (...args) => {
        const waiting = await world.deps.waitlistEntries.listWaiting(...args);
        arrived += 1;
        if (arrived === 2) both();
        await met;
        return waiting;
      },
      markOffered: async () => true,
    },
    claims: {
      ...world.deps.claims,
      moveOwned: async (tx, eventId, from, to, unitIds) => {
        await world.deps.claims.moveOwned(tx, eventId, from, to, unitIds);
        return [...(unitIds ?? [])];
      },
    },
  };
  await world.promote(careless, 2);
  expect((await world.openOffers()).length).toBeGreaterThan(10);
  expect(await findings(world)).toEqual(
    expect.arrayContaining(['offer_without_claim', 'entry_offered_twice']),
  );
});

/** The most that a stranger sees free between any two steps from a cancellation to an offer. */
const mostSeenFree = async (world: Awaited<ReturnType<typeof crowd>>, change: Partial<SaleDeps> = {}) => {
  let seen = 0;
  const look = async () => {
    seen = Math.max(seen, await world.free());
  };
  const watched = atCall(
    { ...world.deps, ...world.promoteDeps, ...change, holds: world.inventory.holds },
    look,
  );
  await world.giveUp(world.booking, watched);
  await promoteWaitlist(watched, { eventId: world.event.id });
  await runJobs(world, { deps: watched, only: ['inventory.settle_claims', 'inventory.follow_claims'] });
  await look();
  return seen;
};

test('seats that come back are never free to strangers while somebody waits for them', async () => {
  await using world = await crowd(10);
  expect(await mostSeenFree(world)).toBe(0);
  expect(await world.openOffers()).toHaveLength(10);
});

test('twin: put on sale first and offered afterwards, a stranger sees them', async () => {
  await using world = await crowd(10);
  const waitlistEntries: SaleDeps['waitlistEntries'] = {
    ...world.deps.waitlistEntries,
    wantedPools: async () => new Set(),
  };
  expect(await mostSeenFree(world, { waitlistEntries })).toBe(10);
});

test('twin: told to Redis as a free and a mark instead of one step, a stranger sees them', async () => {
  await using world = await crowd(10);
  const { follow } = world.deps.mirror;
  let seen = 0;
  const mirror: SaleDeps['mirror'] = {
    ...world.deps.mirror,
    follow: async ({ from, ...change }) => {
      if (from !== undefined) await follow({ ...change, change: 'free', owner: from, person: null });
      seen = Math.max(seen, await world.free());
      return await follow(change);
    },
  };
  await mostSeenFree(world, { mirror });
  expect(seen).toBe(10);
});

test('what was told to Redis late, twice or in another order ends as Mongo has it, and shows nothing free meanwhile', async () => {
  await using world = await crowd(10);
  const { event, deps } = world;
  const deaf: SaleDeps['mirror'] = { ...deps.mirror, follow: async () => 'applied' };
  await world.giveUp(world.booking, { ...deps, mirror: deaf });
  await promoteWaitlist({ ...world.promoteDeps, mirror: deaf }, { eventId: event.id });
  const rows = await world.mongo.db.collection('outbox').find({ job: 'inventory.settle_claims' }).toArray();
  const told = rows.map(({ payload }) => payload as Parameters<typeof settleClaims>[1]);
  expect(told.length).toBeGreaterThan(10);
  for (const payload of [...told.toReversed(), ...told]) {
    await settleClaims(
      { layouts: world.inventory.layouts, mirror: deps.mirror, claims: deps.claims },
      payload,
    );
    expect(await world.free()).toBe(0);
  }
  // The mark of the booking itself, later than everything.
  await deps.mirror.follow({
    eventId: event.id,
    owner: world.booking.id,
    person: world.booking.userId,
    change: 'mark',
    units: [world.inventory.seat(0)],
  });
  expect((await auditMirror(deps, event.id)).differences).toEqual([]);
});

/** Everything in Redis is lost while offers are open, and a stranger goes for their seats at once. */
const afterFlush = async (world: WaitlistWorld, isKnown: (owner: string) => boolean) => {
  await world.inventory.redis.flushall();
  const { mirror, layout, gate } = world.inventory;
  const known = async function* () {
    for await (const claim of world.truth.claims()) if (isKnown(claim.owner)) yield claim;
  };
  await mirror.rebuild(layout, gate, onlyClaims(known));
  return await world.free();
};

const LAST = 'wle_7zzzzzzzzzzzzzzzzzzzzzzzzz';

test('FLUSHALL with offers open and units kept for the list gives none of them to strangers', async () => {
  await using world = await crowd(6);
  await world.mongo.db
    .collection('waitlistEntries')
    .insertOne({ ...(await firstDoc(world)), _id: LAST as never, place: LAST });
  await world.giveUp(world.booking);
  await world.promote();
  expect(await world.openOffers()).toHaveLength(6);
  expect(await afterFlush(world, () => true)).toBe(0);
  expect((await auditMirror(world.deps, world.event.id)).differences).toEqual([]);
});

test('twin: a rebuild that knows bookings only gives offered seats to strangers', async () => {
  await using world = await crowd(10);
  await world.giveUp(world.booking);
  await world.promote();
  expect(await afterFlush(world, (owner) => owner.startsWith('bkg_'))).toBe(10);
});

/** A party of ten that was skipped often enough, behind the others: what is left is kept for it. */
const firstDoc = async (world: WaitlistWorld) => {
  const [doc] = await world.mongo.db.collection('waitlistEntries').find().limit(1).toArray();
  return { ...doc, userId: 'usr_7zzzzzzzzzzzzzzzzzzzzzzzzz', quantity: 10, skips: 3 };
};
