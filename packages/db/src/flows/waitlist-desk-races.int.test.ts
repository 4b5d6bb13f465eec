import type { OfferByHandDeps } from '@eventhorizon/core/flows/offer-by-hand';
import { type PromoteWaitlistDeps, promoteWaitlist } from '@eventhorizon/core/flows/promote-waitlist';
import type { SaleDeps } from '@eventhorizon/core/flows/sale-deps';
import { isDomainError } from '@eventhorizon/core/shared/errors';
import { idSchema } from '@eventhorizon/core/shared/ids';
import { Crashed, crashAt } from '@eventhorizon/core/testing/crash-at';
import type { Offer } from '@eventhorizon/core/waitlist/offer';
import { expect, test } from 'vitest';
import { type DeskWorld, deskWorld } from '../testing/desk-world.ts';
import { newId } from '../testing/new-id.ts';
import { noTransaction } from '../testing/no-transaction.ts';

const theOffer = async (world: DeskWorld): Promise<Offer> => {
  const [offer] = await world.openOffers();
  if (offer === undefined) throw new Error('nothing is offered');
  return offer;
};

/** The first call of the list's claims by these deps has answered, then `meanwhile` happens, then they go on. */
const afterTheLook = <D extends Pick<SaleDeps, 'claims'>>(deps: D, meanwhile: () => Promise<unknown>): D => {
  let looked = false;
  return {
    ...deps,
    claims: {
      ...deps.claims,
      listOwned: async (...args) => {
        const claims = await deps.claims.listOwned(...args);
        if (!looked) {
          looked = true;
          await meanwhile();
        }
        return claims;
      },
    },
  };
};

/** Neither transactions, nor turns, nor compare-and-sets. */
const careless = <D extends OfferByHandDeps>(deps: D): D => ({
  ...deps,
  unitOfWork: noTransaction,
  waitlistEntries: { ...deps.waitlistEntries, markOffered: async () => true },
  claims: {
    ...deps.claims,
    moveOwned: async (tx, eventId, from, to, unitIds) => {
      await deps.claims.moveOwned(tx, eventId, from, to, unitIds);
      return [...(unitIds ?? [])];
    },
  },
});

const outcomeOf = (call: Promise<unknown>): Promise<string> =>
  call.then(
    () => 'done',
    (error: unknown) => (isDomainError(error) ? error.code : String(error)),
  );

/** Two seats come back for two who wait; the first is chosen by hand, and by the worker in the middle of that. */
const bothAtOneEntry = async (change: (deps: OfferByHandDeps) => OfferByHandDeps) => {
  const world = await deskWorld(2);
  const first = await world.join();
  await world.comeBack(0, 1);
  const deps = afterTheLook(change(world.deskDeps), () => world.promote());
  return Object.assign(world, { first, outcome: await outcomeOf(world.offer(first.id, {}, deps)) });
};

test('an entry that is chosen by hand and by the worker in the same moment is offered one thing', async () => {
  await using world = await bothAtOneEntry((deps) => deps);
  expect(world.outcome).toBe('waitlist.offer_open');
  expect(await world.openOffers()).toMatchObject([{ entryId: world.first.id, madeBy: null }]);
  expect(await world.faults()).toEqual([]);
});

test('twin: with no compare-and-sets the index alone refuses the second offer, and without it there are two', async () => {
  await using world = await bothAtOneEntry(careless);
  expect(await world.openOffers()).toHaveLength(1);
  await world.mongo.db.collection('waitlistOffers').dropIndex('one_open_per_entry');
  await world.mongo.db.collection('waitlistEntries').updateMany({}, { $set: { status: 'waiting' } });
  await world.mongo.db.collection('claims').updateMany({}, { $set: { owner: 'waitlist' } });
  await outcomeOf(world.offer(world.first.id, {}, careless(world.deskDeps)));
  expect(await world.findings()).toContain('entry_offered_twice');
});

/** One seat is left for two: the second in line is chosen by hand, and the worker offers it to the first meanwhile. */
const bothAtTheLastUnit = async (change: (deps: OfferByHandDeps) => OfferByHandDeps) => {
  const world = await deskWorld(1);
  const [first, second] = [await world.join(), await world.join()];
  await world.comeBack(0);
  const deps = afterTheLook(change(world.deskDeps), () => world.promote());
  return Object.assign(world, { first, outcome: await outcomeOf(world.offer(second.id, {}, deps)) });
};

test('the last seat is offered once when it is offered by hand and by the worker in the same moment', async () => {
  await using world = await bothAtTheLastUnit((deps) => deps);
  expect(world.outcome).toBe('waitlist.nothing_fits');
  expect(await world.openOffers()).toMatchObject([{ entryId: world.first.id }]);
  expect(await world.faults()).toEqual([]);
});

test('twin: with no compare-and-set on owners there are two offers of one seat', async () => {
  await using world = await bothAtTheLastUnit(careless);
  expect(await world.openOffers()).toHaveLength(2);
  expect(await world.findings()).toContain('offer_without_claim');
});

test('the worker that has looked at the list before an offer by hand took the last seat offers it to nobody', async () => {
  await using world = await deskWorld(1);
  const [, second] = [await world.join(), await world.join()];
  await world.comeBack(0);
  const deps: PromoteWaitlistDeps = afterTheLook(world.promoteDeps, () => world.offer(second.id));
  await promoteWaitlist(deps, { eventId: world.event.id });
  expect(await world.openOffers()).toMatchObject([{ entryId: second.id, madeBy: world.access.userId }]);
  expect(await world.faults()).toEqual([]);
});

test('however many offer by hand and however many workers promote at once, there are no more offers than units', async () => {
  await using world = await deskWorld(4);
  const entries = [];
  for (let n = 0; n < 8; n += 1) entries.push(await world.join());
  await world.pause();
  await world.comeBack(0, 1, 2, 3);
  await world.resume();
  const byHand = entries.toReversed().map(({ id }) => outcomeOf(world.offer(id)));
  await Promise.all([...byHand, world.promote(world.promoteDeps, 2)]);
  await world.promote();
  expect(await world.openOffers()).toHaveLength(4);
  expect(await world.free()).toBe(0);
  expect(await world.faults()).toEqual([]);
});

test('a seat on sale that a buyer holds meanwhile is not offered by hand', async () => {
  await using world = await deskWorld(2);
  const couple = await world.join({ quantity: 2 });
  await world.comeBack(0);
  await world.promote();
  await world.pause();
  await world.comeBack(1);
  const deps = afterTheLook(world.deskDeps, () => world.hold([world.inventory.seat(0)]));
  expect(await outcomeOf(world.offer(couple.id, {}, deps))).toBe('waitlist.nothing_fits');
  expect(await world.faults()).toEqual([]);
});

/** Withdrawn in the moment in which its receiver has it accepted. */
const withdrawnTooLate = async (change: (deps: SaleDeps, offer: Offer) => SaleDeps) => {
  const world = await deskWorld(1);
  await world.join();
  await world.comeBack(0);
  await world.promote();
  const offer = await theOffer(world);
  await world.accept(offer);
  const outcome = await outcomeOf(world.withdraw(offer, change(world.deps, offer)));
  return Object.assign(world, { offer, outcome });
};

test('an offer that was accepted is not withdrawn, and its buyer is not told that it was', async () => {
  await using world = await withdrawnTooLate((deps) => deps);
  expect(world.outcome).toBe('offer.not_open');
  expect(await world.told('waitlist_offer_withdrawn')).toBe(0);
  expect(await world.faults()).toEqual([]);
});

test('twin: with no compare-and-set on its status the buyer of the seat is told that it was taken back', async () => {
  await using world = await withdrawnTooLate((deps, offer) => ({
    ...deps,
    waitlistOffers: { ...deps.waitlistOffers, find: async () => offer, markEnded: async () => true },
  }));
  expect(world.outcome).toBe('done');
  expect(await world.told('waitlist_offer_withdrawn')).toBe(1);
});

test('an offer that is accepted and withdrawn at once is one or the other', async () => {
  await using world = await deskWorld(4);
  for (let n = 0; n < 4; n += 1) await world.join();
  await world.comeBack(0, 1, 2, 3);
  await world.promote();
  await Promise.all(
    (await world.openOffers()).map(async (offer) => {
      const [accepted, withdrawn] = await Promise.all([
        outcomeOf(world.accept(offer)),
        outcomeOf(world.withdraw(offer)),
      ]);
      const stored = await world.deps.waitlistOffers.find(offer.id);
      if (accepted === 'done') expect([stored?.status, withdrawn]).toEqual(['accepted', 'offer.not_open']);
      else expect([stored?.status, accepted]).toEqual(['withdrawn', 'offer.gone']);
    }),
  );
  expect(await world.faults()).toEqual([]);
});

/** A worker has seen that the list is not paused; it is paused, and then the worker goes on. */
const pausedMeanwhile = async (
  world: DeskWorld,
  change: (deps: SaleDeps['waitlists']) => SaleDeps['waitlists'] = (waitlists) => waitlists,
) => {
  const { waitlists } = world.deps;
  const deps: PromoteWaitlistDeps = {
    ...world.promoteDeps,
    waitlists: {
      ...change(waitlists),
      find: async (eventId) => {
        const before = await waitlists.find(eventId);
        await world.pause();
        return before;
      },
    },
  };
  await promoteWaitlist(deps, { eventId: world.event.id });
};

/** Does not ask in its turn whether the list is paused. */
const unasked = (waitlists: SaleDeps['waitlists']): SaleDeps['waitlists'] => ({
  ...waitlists,
  takeTurn: async (_tx, eventId) => ({ eventId, pausedAt: null }),
});

const keptSeat = async () => {
  const world = await deskWorld(1);
  await world.join();
  await world.comeBack(0);
  return world;
};

/** One seat that is on sale, and a party that would take it. */
const seatOnSale = async () => {
  const world = await deskWorld(2);
  await world.join({ quantity: 2 });
  await world.comeBack(0);
  await world.promote();
  await world.join({ quantity: 2, partWelcome: true });
  return world;
};

test('once a list is paused a promote that is under way offers nothing any more', async () => {
  await using world = await keptSeat();
  await pausedMeanwhile(world);
  expect(await world.openOffers()).toEqual([]);
  expect(await world.free()).toBe(0);
  expect(await world.faults()).toEqual([]);
});

test('twin: a promote that does not ask again in its turn offers after the list was paused', async () => {
  await using world = await keptSeat();
  await pausedMeanwhile(world, unasked);
  expect(await world.openOffers()).toHaveLength(1);
});

/** What a worker held for the list, or a dead process, ends. */
const endHolds = async ({ inventory, event }: DeskWorld) => {
  const owners = new Set((await inventory.mirror.owners(event.id))?.values());
  for (const owner of owners)
    if (owner.startsWith('h:'))
      await inventory.holds.release(event.id, idSchema('hld').parse(owner.slice(2)), event.organizationId);
};

const keptByList = ({ deps, event }: DeskWorld) => deps.claims.listOwned(event.id, 'waitlist');

test('once a list is paused a promote that is under way takes nothing off the sale any more', async () => {
  await using world = await seatOnSale();
  await pausedMeanwhile(world);
  expect([await keptByList(world), await world.openOffers()]).toEqual([[], []]);
  await endHolds(world);
  expect([await world.free(), await world.faults()]).toEqual([1, []]);
});

test('twin: one that does not ask again takes it', async () => {
  await using world = await seatOnSale();
  await pausedMeanwhile(world, (waitlists) => {
    let turns = 0;
    return {
      ...waitlists,
      // Of the two that ask it is the first that takes.
      takeTurn: async (tx, eventId) => {
        turns += 1;
        return turns === 1 ? { eventId, pausedAt: null } : await waitlists.takeTurn(tx, eventId);
      },
    };
  });
  expect(await keptByList(world)).toHaveLength(1);
});

/** One seat kept by the paused list and one on sale, and a couple that waits. */
const coupleAtTheDesk = async () => {
  const world = await deskWorld(2);
  const couple = await world.join({ quantity: 2 });
  await world.comeBack(0);
  await world.promote();
  await world.pause();
  await world.comeBack(1);
  return Object.assign(world, { couple });
};

test('an offer by hand that is killed after any of its calls is made whole or not at all, and once when it is asked for again', async () => {
  await using world = await coupleAtTheDesk();
  let free = await world.free();
  for (let at = 1; ; at += 1) {
    const mortal = crashAt({ ...world.deskDeps }, { at, when: 'after' });
    const how = { offerId: newId('ofr') };
    await world.offer(world.couple.id, how, mortal.deps).catch((error: unknown) => {
      if (!(error instanceof Crashed) && !mortal.crashed()) throw error;
    });
    await endHolds(world);
    // The row of what was written is handled long before a hold ends.
    expect(await world.faults()).toEqual([]);
    const [made] = await world.openOffers();
    expect(made?.id).toBe(made && how.offerId);
    expect(await world.free()).toBe(made === undefined ? free : 0);
    if (!mortal.crashed()) break;
    if (made === undefined) continue;
    expect(await world.offer(world.couple.id, how)).toMatchObject({ id: made.id, status: 'open' });
    // Both are on sale again, so that the next one holds them.
    await world.withdraw(made);
    await world.resume();
    await world.promote();
    await world.pause();
    free = await world.free();
  }
  expect(await world.openOffers()).toHaveLength(1);
});

test('twin: written piece by piece, an offer by hand that is killed leaves an entry that is offered nothing', async () => {
  await using world = await coupleAtTheDesk();
  const deps: OfferByHandDeps = {
    ...world.deskDeps,
    unitOfWork: noTransaction,
    waitlistOffers: {
      ...world.deps.waitlistOffers,
      insert: () => Promise.reject(new Crashed('died before the offer was written')),
    },
  };
  await outcomeOf(world.offer(world.couple.id, {}, deps));
  expect((await world.entry(world.couple.id)).status).toBe('offered');
  expect(await world.openOffers()).toEqual([]);
});
