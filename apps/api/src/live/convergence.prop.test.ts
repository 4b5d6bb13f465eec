import { runs } from '@eventhorizon/devstack/runs';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { beliefOf, liveWorld } from './testing/live-world.ts';

const LISTENERS = 3;
const listener = fc.nat(LISTENERS - 1);

/** What may happen to an event, to its bell, to Redis, and to those who listen. */
const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('set' as const),
      first: fc.nat(39),
      many: fc.integer({ min: 1, max: 12 }),
      value: fc.nat(3),
    }),
  },
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('pass' as const), ms: fc.nat(900) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('deafen' as const), now: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('goAway' as const), now: fc.boolean() }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'rebuild' as const }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('becomes' as const), postponed: fc.boolean() }) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('read' as const), who: listener, now: fc.boolean() }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant('again' as const), who: listener, forgetful: fc.boolean() }),
  },
);

it('whatever happens, a listener never believes what was not true at its version, and in the end knows what is', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 40 }), async (steps) => {
      // A backlog of some messages only, so that slow readers lose deltas.
      const limits = { maxListeners: 100, maxPerAddress: 100, maxBacklogBytes: 600, dropAfterMs: 600_000 };
      const world = liveWorld({ limits });
      const listeners = await Promise.all(Array.from({ length: LISTENERS }, () => world.join()));
      const check = () => {
        for (const each of listeners) {
          const known = each.state();
          if (known === null) throw new Error('a listener was sent a delta that is not for it');
          expect(beliefOf(each)).toBe(world.history.get(`${known.epoch}.${known.version}`));
        }
      };
      const again = async (who: number, forgetful: boolean) => {
        const before = listeners[who];
        before?.leave();
        // While Redis is away nobody who was alone gets in; like a client, it comes again.
        const joined = await world.join(forgetful ? undefined : before).catch(() => null);
        if (joined !== null) listeners[who] = joined;
        return joined !== null;
      };
      const out = new Set<number>();
      for (const each of steps) {
        if (each.kind === 'set') world.set(each.first, each.many, each.value);
        else if (each.kind === 'pass') await world.timers.pass(each.ms);
        else if (each.kind === 'deafen') world.deafen(each.now);
        else if (each.kind === 'goAway') world.goAway(each.now);
        else if (each.kind === 'rebuild') world.rebuild();
        else if (each.kind === 'becomes') world.becomes(each.postponed ? 'postponed' : 'published');
        else if (each.kind === 'read') listeners[each.who]?.read(each.now);
        else if (await again(each.who, each.forgetful)) out.delete(each.who);
        else out.add(each.who);
        check();
      }
      world.goAway(false);
      for (const who of out) await again(who, false);
      for (const each of listeners) each.read(true);
      // Without a bell, if it is silent: the poll is enough.
      await world.timers.pass(10_000);
      check();
      for (const each of listeners) {
        expect(beliefOf(each)).toBe(world.truth());
        expect(each.state()).toMatchObject({ stale: false, ended: null });
      }
    }),
    { numRuns: runs(150) },
  );
});
