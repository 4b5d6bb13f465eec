import { randomUUID } from 'node:crypto';
import type { EventLayout } from '@eventhorizon/core/inventory/layout';
import type { EventGate, InventoryMirror, InventoryTruth } from '@eventhorizon/core/inventory/ports';
import type { EventId } from '@eventhorizon/core/shared/ids';
import { claimValue } from './claim-record.ts';
import { gateRecord } from './gate-record.ts';
import { type HoldRecord, unitRecord } from './hold-record.ts';
import { eventKey, eventKeys, stagingKeys } from './keys.ts';
import { rebuildTally } from './rebuild-tally.ts';
import { loadTurns } from './rebuild-turns.ts';
import { asOutage } from './redis-errors.ts';
import type { ScriptRunner } from './script-runner.ts';
import {
  Fenced,
  LEASE_MS,
  STAGING_KEY,
  type StagingWriter,
  stagingWriter,
  type Write,
} from './staging-writer.ts';

/** Claims a script takes at once. */
const CHUNK = 1_000;

const loadClaims = async (writer: StagingWriter, layout: EventLayout, claims: InventoryTruth['claims']) => {
  const tally = rebuildTally(layout);
  let units: string[] = [];
  let persons = new Map<string, number>();
  const flush = async () => {
    if (units.length === 0) return;
    const counts = [...persons].map(([person, by]): Write => ['HINCRBY', STAGING_KEY.persons, person, by]);
    await writer.write([['HSET', STAGING_KEY.units, ...units], ...counts]);
    units = [];
    persons = new Map();
  };
  for await (const claim of claims()) {
    const unit = tally.add(claim);
    if (unit === null) continue;
    units.push(unit.unitId, claimValue(claim.owner, claim.person));
    if (claim.person !== null) persons.set(claim.person, (persons.get(claim.person) ?? 0) + 1);
    if (units.length >= CHUNK * 2) await flush();
  }
  await flush();
  return tally;
};

const loadTally = async (
  writer: StagingWriter,
  layout: EventLayout,
  gate: EventGate,
  tally: ReturnType<typeof rebuildTally>,
) => {
  const meta: (string | number)[] = ['HSET', STAGING_KEY.meta, 'version', 1, ...gateRecord(gate).fields];
  for (const pool of layout.pools) {
    const taken = tally.takenOf(pool.index);
    meta.push(`c${pool.index}`, pool.capacity, `f${pool.index}`, pool.capacity - taken);
    meta.push(`h${pool.index}`, 0, `t${pool.index}`, taken);
    if (pool.kind === 'seats') continue;
    const { next, freed } = tally.cursorOf(pool.index);
    meta.push(`n${pool.index}`, next);
    for (let at = 0; at < freed.length; at += CHUNK) {
      const members = freed
        .slice(at, at + CHUNK)
        .flatMap((place) => [pool.index * 1e7 + place, `p:${pool.key}:${place}`]);
      await writer.write([['ZADD', STAGING_KEY.freed, ...members]]);
    }
  }
  await writer.write([meta], tally.seats);
  await writer.drained();
};

/** The record with its units as this layout numbers them; null when none of them exists any more. */
const inLayout = (layout: EventLayout, text: string): string | null => {
  // Written by our scripts only.
  const record = JSON.parse(text) as HoldRecord;
  const lost = [...(record.l ?? [])];
  const units = record.u.flatMap(([unitId]) => {
    const unit = layout.findUnit(unitId);
    if (unit === null) lost.push(unitId);
    return unit === null ? [] : [unitRecord(unit)];
  });
  return units.length === 0
    ? null
    : JSON.stringify({ ...record, u: units, l: lost.length > 0 ? lost : undefined });
};

/** Holds that still stand (a forced rebuild, or a loss of other keys) come along; nothing changes them while the event is cold. */
const carryHolds = async (
  { redis, run }: ScriptRunner,
  layout: EventLayout,
  eventId: EventId,
  token: string,
) => {
  const holds = eventKey(eventId, 'holds');
  const keys = [...eventKeys(eventId), ...stagingKeys(eventId, token)];
  const carry = async (id: string, text: string): Promise<void> => {
    const record = inLayout(layout, text);
    const quote = await redis.hget(holds, `q:${id}`);
    if (record === null || quote === null) return;
    const { word } = await run('rebuild-hold', keys, [token, id, record, quote, LEASE_MS]);
    if (word === 'fenced') throw new Fenced();
  };
  let cursor = '0';
  do {
    const [next, page] = await redis.hscan(holds, cursor, 'COUNT', 200);
    cursor = next;
    const found: Promise<void>[] = [];
    for (let at = 0; at + 1 < page.length; at += 2) {
      const [id = '', text = ''] = page.slice(at, at + 2);
      if (id.startsWith('hld_')) found.push(carry(id, text));
    }
    await Promise.all(found);
  } while (cursor !== '0');
};

/**
 * Cold rebuild (ARCHITECTURE §4). Order matters: the journal opens first, then Mongo is read, so a change is in the
 * read, in the journal, or comes after the swap. `busy`: another rebuilder is at work, or this one was overtaken. Memory is a
 * few bits a unit and `IN_FLIGHT` chunks; no script works on more than 1,000 claims.
 */
export const createRebuild =
  (runner: ScriptRunner): InventoryMirror['rebuild'] =>
  async (layout, gate, { claims, turns }, force = false) => {
    const { eventId } = gate;
    const token = randomUUID();
    const begun = await runner.run('rebuild-begin', eventKeys(eventId), [token, LEASE_MS, force ? 1 : 0]);
    if (begun.word !== 'started') return begun.word;
    try {
      const writer = stagingWriter(runner, eventId, token);
      const tally = await loadClaims(writer, layout, claims);
      await loadTurns(runner.redis, writer, eventId, turns());
      await loadTally(writer, layout, gate, tally);
      await carryHolds(runner, layout, eventId, token);
      const keys = [...eventKeys(eventId), ...stagingKeys(eventId, token)];
      for (;;) {
        const { word } = await runner.run('rebuild-finish', keys, [token, LEASE_MS]);
        if (word === 'done') return 'rebuilt';
        if (word === 'fenced') return 'busy';
      }
    } catch (error) {
      if (error instanceof Fenced) return 'busy';
      // Best effort: should Redis be away as well, the lease runs out by itself. The first error is the one to tell.
      await runner.run('rebuild-abandon', eventKeys(eventId), [token]).catch(() => undefined);
      throw asOutage(error);
    }
  };
