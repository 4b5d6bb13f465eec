import { describe, expect, it } from 'vitest';
import { availabilityEtag, availabilityView } from './availability-view.ts';
import { eventGate } from './event-gate.ts';
import { layoutOf } from './layout.ts';
import { house, testEvent, testId } from './testing/seated-event.ts';

const areaId = testId('are');

describe('the layout of an event', () => {
  it('finds each of its units by id, says what it is called, and knows no others', () => {
    const { layout } = house('.b');
    const seat = layout.findUnit('s:0-1');
    const place = layout.findUnit(`p:${areaId}:10`);
    expect(seat).toEqual({ unitId: 's:0-1', pool: 1, seat: 1, place: 0 });
    expect(place).toEqual({ unitId: `p:${areaId}:10`, pool: 2, seat: -1, place: 10 });
    if (seat === null || place === null) throw new Error('not found');
    expect(layout.labelOf(seat)).toBe('Stalls, row 0, seat 1');
    expect(layout.labelOf(place)).toBe('Floor, place 10');
    for (const strange of [
      `p:${areaId}:11`,
      `p:${areaId}:0`,
      `p:${areaId}:01`,
      `p:${testId('are', 2)}:1`,
      's:9',
      'x',
    ]) {
      expect(layout.findUnit(strange)).toBeNull();
    }
  });
  it('keeps the numbers of an area whose capacity was lowered: sold places may be among the highest', () => {
    const event = testEvent({
      areas: [{ id: areaId, name: 'Floor', capacity: 4, issued: 10, priceCategory: 'S' }],
    });
    expect(layoutOf(event, []).findUnit(`p:${areaId}:10`)?.place).toBe(10);
  });
});

describe('the gate of an event', () => {
  const gateOf = (change: Parameters<typeof testEvent>[0] = {}) => {
    const event = testEvent(change);
    return eventGate(event, layoutOf(event, house('.b').layout.seats));
  };
  it('closes with the sale, or with the start when no end of sale is set', () => {
    expect(gateOf().salesUntil).toEqual(new Date('2030-01-01T19:00Z'));
    expect(gateOf({ salesEndAt: new Date('2029-12-31T12:00Z') }).salesUntil).toEqual(
      new Date('2029-12-31T12:00Z'),
    );
  });
  it('keeps its shape while areas grow, and changes it when unit numbers would mean something else', () => {
    const [area] = testEvent().areas;
    if (area === undefined) throw new Error('no area');
    const { shape } = gateOf();
    expect(gateOf({ areas: [{ ...area, capacity: 99 }] }).shape).toBe(shape);
    expect(gateOf({ areas: [] }).shape).not.toBe(shape);
    expect(gateOf({ priceCategories: [{ key: 'B', name: 'B', color: null }] }).shape).not.toBe(shape);
    expect(gateOf({ seatMapId: testId('map', 2) }).shape).not.toBe(shape);
  });
});

it('availability is told in the words of the layout', () => {
  const { layout, snapshot } = house('.hx#', 'b');
  const counted = { ...snapshot, counts: [{ free: 1, held: 1, taken: 2 }] };
  const view = availabilityView(counted, layout, new Date('2030-01-01T00:00Z'));
  expect(view).toMatchObject({ asOf: '2030-01-01T00:00:00.000Z', seatCount: 5, seatMapId: testId('map') });
  expect(view.pools.map(({ key, free, taken }) => [key, free, taken])).toEqual([
    ['A', 1, 2],
    ['B', 0, 0],
    [areaId, 0, 0],
  ]);
  expect([...Buffer.from(view.seats, 'base64')]).toEqual([0b00_01_10_11, 0]);
  expect(availabilityEtag(counted)).toBe('"e-1"');
});
