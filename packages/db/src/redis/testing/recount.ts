import { type SEAT_STATES, seatStateAt } from '@eventhorizon/core/inventory/availability';
import { expect } from 'vitest';
import type { HoldRecord } from '../hold-record.ts';
import { eventKey } from '../keys.ts';
import type { Inventory } from './inventory-fixture.ts';

/**
 * Counts an event's units anew from the `units` hash, and expects everything that is derived from it in Redis to agree: counts,
 * seat bits, persons, holds, expiries, free list and cursor.
 */
export const expectConsistent = async (t: Inventory): Promise<void> => {
  const key = (name: Parameters<typeof eventKey>[1]) => eventKey(t.event.id, name);
  // First, because it applies what is due.
  const snapshot = await t.reader.read(t.event.id);
  const [units, holds, persons, meta, expiries, freed, seats] = await Promise.all([
    t.redis.hgetall(key('units')),
    t.redis.hgetall(key('holds')),
    t.redis.hgetall(key('persons')),
    t.redis.hgetall(key('meta')),
    t.redis.zrange(key('expiries'), '0', '-1'),
    t.redis.zrange(key('freed'), '0', '-1'),
    t.redis.getBuffer(key('seats')),
  ]);
  for (const hash of [units, holds, persons]) delete hash['~'];

  const records = new Map(
    Object.entries(holds)
      .filter(([id]) => !id.startsWith('q:'))
      .map(([id, text]) => [id, JSON.parse(text) as HoldRecord]),
  );
  const people = new Map<string, number>();
  const count = (person: string, by: number) => people.set(person, (people.get(person) ?? 0) + by);
  const counts = t.layout.pools.map((pool) => ({ free: pool.capacity, held: 0, taken: 0 }));
  const states = new Map<number, (typeof SEAT_STATES)[number]>();
  const heldBy = new Map<string, string[]>();

  for (const [unitId, value] of Object.entries(units)) {
    const unit = t.layout.findUnit(unitId);
    const pool = counts[unit?.pool ?? -1];
    if (unit === null || pool === undefined) throw new Error(`${unitId} is in no pool`);
    const [owner = '', person = ''] = value.split('|');
    const held = value.startsWith('h:');
    pool.free -= 1;
    pool[held ? 'held' : 'taken'] += 1;
    states.set(unit.seat, held ? 'held' : owner === 'blocked' || owner === 'retired' ? 'blocked' : 'taken');
    if (held) heldBy.set(value.slice(2), [...(heldBy.get(value.slice(2)) ?? []), unitId]);
    else if (person !== '') count(person, 1);
  }
  for (const record of records.values()) count(record.o, record.u.length);

  expect(snapshot?.counts).toEqual(counts);
  expect(new Map(Object.entries(persons).map(([person, n]) => [person, Number(n)]))).toEqual(people);
  t.layout.seats.forEach((_, seat) => {
    expect(seatStateAt(seats ?? new Uint8Array(), seat)).toBe(states.get(seat) ?? 'free');
  });
  const recorded = [...records].map(([id, { u }]) => [id, u.map(([unitId]) => unitId).sort()] as const);
  expect(new Map(recorded)).toEqual(new Map([...heldBy].map(([id, unitIds]) => [id, unitIds.sort()])));
  expect(expiries.filter((id) => id !== '~').sort()).toEqual([...records.keys()].sort());

  const listed = new Set(freed.filter((unitId) => unitId !== '~'));
  for (const pool of t.layout.pools) {
    if (pool.kind === 'seats') continue;
    for (let place = 1; place <= pool.capacity; place += 1) {
      const unitId = `p:${pool.key}:${place}`;
      const below = place < Number(meta[`n${pool.index}`]);
      expect([unitId, listed.has(unitId)]).toEqual([unitId, below && units[unitId] === undefined]);
    }
  }
};
