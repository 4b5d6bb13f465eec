import { auditMirror } from '@eventhorizon/core/flows/audit-mirror';
import { readAuditRecords } from '@eventhorizon/core/flows/audit-records';
import type { Hold } from '@eventhorizon/core/holds/hold';
import type { User } from '@eventhorizon/core/identity/user';
import { isHold } from '@eventhorizon/core/inventory/derived-from-owners';
import type { ProviderRefund } from '@eventhorizon/core/payments/ports';
import { isDomainError } from '@eventhorizon/core/shared/errors';
import type { BookingId, WaitlistEntryId } from '@eventhorizon/core/shared/ids';
import fc from 'fast-check';
import { expect } from 'vitest';
import { expectConsistent } from '../redis/testing/recount.ts';
import { runJobs } from './run-jobs.ts';
import { type SaleWorld, saleWorld } from './sale-world.ts';
import { passingOn } from './transfer-world.ts';
import { type WaitlistWorld, withWaitlist } from './waitlist-world.ts';

/** A sale in which people wait for tickets and pass them on, too. */
export type ModelWorld = SaleWorld &
  Omit<WaitlistWorld, 'accept'> & {
    readonly acceptOffer: WaitlistWorld['accept'];
    readonly person: Passing['person'];
    readonly pass: Passing['pass'];
    readonly users: Passing['deps']['users'];
  };
type Passing = ReturnType<typeof passingOn>;

export const modelWorld = async (...args: Parameters<typeof saleWorld>): Promise<ModelWorld> =>
  asModelWorld(await saleWorld(...args));

export const asModelWorld = (world: SaleWorld): ModelWorld => {
  const { accept: acceptOffer, ...waiting } = withWaitlist(world);
  const { person, pass, deps } = passingOn(world);
  return { ...world, ...waiting, acceptOffer, person, pass, users: deps.users };
};

/** What has happened so far, to pick from: ids only, the truth is in the stores. */
export type Memory = {
  readonly people: readonly User[];
  /** Has an account, and has not proved the address; organizers sell to that address. */
  readonly dan: User;
  readonly holds: Hold[];
  readonly bookings: BookingId[];
  readonly entries: WaitlistEntryId[];
  readonly deliveries: { readonly rawBody: string; readonly signature: string }[];
};

/** Three people have accounts with proved addresses, and Dan may prove his. */
export const newMemory = async (world: ModelWorld): Promise<Memory> => ({
  dan: await world.person('dan', { verified: false }),
  people: [await world.person('ada'), await world.person('bea'), await world.person('cyd')],
  holds: [],
  bookings: [],
  entries: [],
  deliveries: [],
});

/** One thing that somebody does; `n` and `m` choose among what there is. A refusal from the catalogue is a fine answer. */
export type Step = (world: ModelWorld, memory: Memory, n: number, m: number) => Promise<unknown>;

/** The n-th of them, or nothing to do. */
export const pick = <T>(all: readonly T[], n: number): T | undefined => all[n % Math.max(1, all.length)];

/** A step as a command of fast-check; the promises are looked at after each. */
export class SaleCommand implements fc.AsyncCommand<Memory, ModelWorld> {
  readonly #name: string;
  readonly #step: Step;
  readonly #n: number;
  readonly #m: number;

  constructor(name: string, step: Step, n: number, m: number) {
    this.#name = name;
    this.#step = step;
    this.#n = n;
    this.#m = m;
  }

  check = () => true;

  async run(memory: Memory, world: ModelWorld): Promise<void> {
    try {
      await this.#step(world, memory, this.#n, this.#m);
    } catch (error) {
      if (!isDomainError(error)) throw error;
    }
    await expectSound(world);
  }

  toString = () => `${this.#name}(${this.#n}, ${this.#m})`;
}

/** `often`: how many times as often as the others a step is chosen, so that most runs get to the interesting ones. */
export const commandsOf = (
  steps: Readonly<Record<string, Step>>,
  often: Readonly<Record<string, number>> = {},
): fc.Arbitrary<SaleCommand>[] =>
  Object.entries(steps).flatMap(([name, step]) =>
    Array.from({ length: often[name] ?? 1 }, () =>
      fc.tuple(fc.nat(11), fc.nat(5)).map(([n, m]) => new SaleCommand(name, step, n, m)),
    ),
  );

/** What holds at every moment, also between a cause and its effects. */
const expectSound = async (world: SaleWorld): Promise<void> => {
  const { claims, tickets, payments, refunds, offers } = await readAuditRecords(world.deps, world.event.id);
  const ownerOf = new Map<string, string>(claims.map(({ unitId, owner }) => [unitId, owner]));
  const open = offers.filter(({ status }) => status === 'open');
  expectOnce(
    'open offers',
    open.map(({ entryId }) => entryId),
  );
  for (const { id, units } of open)
    expect(units.map(({ unitId }) => ownerOf.get(unitId))).toEqual(units.map(() => id));
  expectOnce(
    'claims',
    claims.map(({ unitId }) => unitId),
  );
  expectOnce(
    'valid tickets',
    tickets.filter(({ status }) => status === 'valid').map(({ unitId }) => unitId),
  );
  for (const payment of payments) {
    const counted = refunds
      .filter(
        ({ paymentId, status }) => paymentId === payment.id && !['failed', 'cancelled'].includes(status),
      )
      .reduce((sum, { amount }) => sum + amount.amount, 0);
    expect({ reserved: payment.refundReserved, tooMuch: Math.max(0, counted - payment.captured) }).toEqual({
      reserved: counted,
      tooMuch: 0,
    });
  }
};

const expectOnce = (what: string, ids: readonly string[]): void =>
  expect(`${what}: ${ids.length}`).toBe(`${what}: ${new Set(ids).size}`);

/** The worker does all there is to do. When nothing waits for a bank or a clock any more, every promise is kept; whether that was so. */
export const settle = async (world: SaleWorld): Promise<boolean> => {
  const before = await auditMirror(world.deps, world.event.id);
  if (before.cold) await world.rebuild();
  // A refund that a bank still has is looked after for days, and is no reason to doubt the rest.
  const left = (await runJobs(world)).filter(({ job }) => job !== 'refund.send');
  if (left.length > 0) return false;
  expect((await world.audit()).findings).toEqual([]);
  expect((await auditMirror(world.deps, world.event.id)).differences).toEqual([]);
  await expectConsistent(world.inventory);
  return true;
};

/** Made from nothing but the claims in Mongo, Redis says of every sold unit what it said before. */
export const expectSameWhenRebuilt = async (world: SaleWorld): Promise<void> => {
  const { mirror, layout, gate } = world.inventory;
  const sold = async () =>
    [...((await mirror.owners(world.event.id)) ?? [])].filter(([, owner]) => !isHold(owner)).sort();
  const before = await sold();
  await mirror.rebuild(layout, gate, world.truth, true);
  expect(await sold()).toEqual(before);
  await expectConsistent(world.inventory);
};

export const refundsAt = (world: SaleWorld): readonly ProviderRefund[] => [...world.gateway.refunds.values()];
