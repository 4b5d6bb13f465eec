import { auditMirror } from '@eventhorizon/core/flows/audit-mirror';
import { endOffer } from '@eventhorizon/core/flows/end-offer';
import { expireOffer } from '@eventhorizon/core/flows/expire-offer';
import { promoteWaitlist } from '@eventhorizon/core/flows/promote-waitlist';
import type { SaleDeps } from '@eventhorizon/core/flows/sale-deps';
import { HOUR_MS } from '@eventhorizon/core/shared/clock';
import { isDomainError } from '@eventhorizon/core/shared/errors';
import { Crashed, crashAt } from '@eventhorizon/core/testing/crash-at';
import type { Offer } from '@eventhorizon/core/waitlist/offer';
import { expect, test } from 'vitest';
import { noTransaction } from '../testing/no-transaction.ts';
import { runJobs } from '../testing/run-jobs.ts';
import { type WaitlistWorld, waitlistWorld } from '../testing/waitlist-world.ts';

const WORKER = ['inventory.follow_claims', 'inventory.settle_claims', 'waitlist.promote'] as const;

/** Dies after each call that `step` makes, which is before the next one, until it makes no more of them. */
const dyingEverywhere = async <D extends Record<string, unknown>>(
  deps: D,
  step: (mortal: D) => Promise<unknown>,
): Promise<number> => {
  for (let at = 1; ; at += 1) {
    const mortal = crashAt(deps, { at, when: 'after' });
    await step(mortal.deps).catch((error: unknown) => {
      if (!(error instanceof Crashed) && !mortal.crashed()) throw error;
    });
    if (!mortal.crashed()) return at - 1;
  }
};

/** A crowd that is larger than the house, and every seat given up at once before each step. */
const givenUp = async (seats: number) => {
  const world = await waitlistWorld({}, { seats });
  const booking = await world.book(...Array.from({ length: seats }, (_, n) => world.inventory.seat(n)));
  await world.queue(seats);
  await world.giveUp(booking);
  return world;
};

const isSound = async (world: WaitlistWorld) => {
  expect((await world.audit()).findings).toEqual([]);
  expect((await auditMirror(world.deps, world.event.id)).differences).toEqual([]);
};

/** What was offered is taken back before each step, so that there is something to offer in it. */
const takeBack = async (world: WaitlistWorld) => {
  for (const offer of await world.openOffers())
    await world.deps.unitOfWork.run((tx) => endOffer(world.deps, tx, offer, 'withdrawn'));
};

const promoted = async (world: WaitlistWorld, change: Partial<SaleDeps> = {}) =>
  dyingEverywhere({ ...world.promoteDeps, ...change, holds: world.inventory.holds }, async (deps) => {
    await takeBack(world);
    await promoteWaitlist(deps, { eventId: world.event.id });
  });

test('promote killed after any of its calls offers every seat once, in the end', async () => {
  await using world = await givenUp(1);
  expect(await promoted(world)).toBeGreaterThan(10);
  await runJobs(world, { only: WORKER });
  expect(await world.openOffers()).toHaveLength(1);
  await isSound(world);
});

test('twin: written piece by piece, a promote that is killed leaves entries that wait for an offer nobody made', async () => {
  await using world = await givenUp(1);
  await promoted(world, { unitOfWork: noTransaction }).catch(() => undefined);
  const offered = await world.mongo.db.collection('waitlistEntries').countDocuments({ status: 'offered' });
  expect(offered).not.toBe((await world.openOffers()).length);
});

test('accept killed after any of its calls makes one booking or none, and the receiver may ask again', async () => {
  await using world = await givenUp(10);
  await world.promote();
  const offers = await world.openOffers();
  let next = 0;
  const steps = await dyingEverywhere(world.deps, async (deps) => {
    const offer = offers[next % offers.length];
    next += 1;
    if (offer === undefined) throw new Error('no offer');
    return world.accept(offer, deps);
  });
  expect(steps).toBeGreaterThan(10);
  for (const offer of offers) {
    const { booking } = await world.accept(offer);
    expect(booking).toMatchObject({ status: 'pending', lines: [{ unitId: offer.units[0]?.unitId }] });
  }
  await runJobs(world, { only: WORKER });
  await isSound(world);
  // And should they never come back, the seats go on.
  world.clock.forward(2 * HOUR_MS);
  await runJobs(world);
  expect((await world.audit()).counts.claims).toBe(0);
});

/** Accepted and lapsing in the same moment: what became of both, and how many bookings there are. */
const atTheEnd = async (world: WaitlistWorld, offer: Offer, deps: SaleDeps) => {
  const late: SaleDeps = { ...deps, clock: { now: () => offer.expiresAt } };
  const early: SaleDeps = { ...deps, clock: { now: () => new Date(offer.expiresAt.getTime() - 1) } };
  const [accepted, expired] = await Promise.allSettled([
    world.accept(offer, early),
    expireOffer(late, { offerId: offer.id }),
  ]);
  return { accepted, expired, stored: await world.deps.waitlistOffers.find(offer.id) };
};

test('an offer that is accepted in the moment in which it lapses is one or the other', async () => {
  await using world = await givenUp(3);
  await world.promote();
  for (const offer of await world.openOffers()) {
    const { accepted, stored } = await atTheEnd(world, offer, world.deps);
    if (accepted.status === 'rejected') expect(isDomainError(accepted.reason)).toBe(true);
    expect(stored?.status).toBe(accepted.status === 'fulfilled' ? 'accepted' : 'expired');
  }
  await runJobs(world, { only: WORKER });
  await isSound(world);
});

test('twin: with no compare-and-set on offer and units a buyer books what went to the next', async () => {
  await using world = await givenUp(2);
  await world.promote();
  const [offer] = await world.openOffers();
  if (offer === undefined) throw new Error('nothing is offered');
  const careless: SaleDeps = {
    ...world.deps,
    waitlistOffers: {
      ...world.deps.waitlistOffers,
      find: async () => offer,
      markAccepted: async () => true,
    },
    waitlistEntries: {
      ...world.deps.waitlistEntries,
      find: async (id, tx) => {
        const entry = await world.deps.waitlistEntries.find(id, tx);
        return entry === null ? null : { ...entry, status: 'offered' };
      },
    },
    claims: {
      ...world.deps.claims,
      moveOwned: async (tx, eventId, from, to, unitIds) => {
        await world.deps.claims.moveOwned(tx, eventId, from, to, unitIds);
        return [...(unitIds ?? [])];
      },
    },
  };
  const late: SaleDeps = { ...world.deps, clock: { now: () => offer.expiresAt } };
  await expireOffer(late, { offerId: offer.id });
  await world.accept(offer, careless);
  expect((await world.audit()).findings.map(({ kind }) => kind)).toContain('booking_without_claim');
});
