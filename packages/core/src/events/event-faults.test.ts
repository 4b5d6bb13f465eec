import { describe, expect, it } from 'vitest';
import { draftEvent } from '../testing/draft-event.ts';
import type { Event } from './event.ts';
import { eventFaults } from './event-faults.ts';

const base = draftEvent();
const time = (iso: string) => ({ local: iso.slice(0, 16), zone: 'UTC', at: new Date(iso) });
const [area] = base.areas;
const [adult, child] = base.ticketTypes;
if (area === undefined || adult === undefined || child === undefined)
  throw new Error('the builder has changed');

describe('an event contradicts itself', () => {
  it('in nothing when it is the usual one', () => {
    expect(eventFaults(base)).toEqual([]);
  });

  it.each<[why: string, changes: Partial<Event>, paths: string[]]>([
    ['it ends when it starts', { endsAt: base.startsAt }, ['endsAt']],
    ['doors open after the start', { doorsAt: time('2026-09-01T18:01:00Z') }, ['doorsAt']],
    [
      'the sale starts when it ends',
      { salesStartAt: new Date('2026-08-01'), salesEndAt: new Date('2026-08-01') },
      ['salesStartAt'],
    ],
    ['the sale starts after the start', { salesStartAt: new Date('2026-09-01T18:00:00Z') }, ['salesStartAt']],
    ['the sale ends after the event', { salesEndAt: new Date('2026-09-01T21:00:01Z') }, ['salesEndAt']],
    [
      'a category is there twice',
      { priceCategories: [...base.priceCategories, { key: 'Front', name: 'x', color: null }] },
      ['priceCategories[3].key'],
    ],
    [
      'an area has an unknown category',
      { areas: [{ ...area, priceCategory: 'Nowhere' }] },
      ['areas[0].priceCategory'],
    ],
    [
      'two areas have one name',
      { areas: [area, { ...area, id: `${area.id}`.replace(/1$/, '2') as typeof area.id }] },
      ['areas[1].name'],
    ],
    ['an area is there twice', { areas: [area, { ...area, name: 'Other' }] }, ['areas[1].id']],
    [
      'two types have one name',
      { ticketTypes: [adult, { ...child, name: 'Adult' }] },
      ['ticketTypes[1].name'],
    ],
    [
      'a price has an unknown category',
      { ticketTypes: [{ ...adult, prices: { Nowhere: 1, constructor: 1 } }] },
      ['ticketTypes[0].prices.Nowhere', 'ticketTypes[0].prices.constructor'],
    ],
    ['areas have too many places', { areas: [{ ...area, capacity: 1_000_001 }] }, ['areas']],
    [
      'areas have too many places, retired ones among them',
      { areas: [{ ...area, capacity: 1, issued: 1_000_001 }] },
      ['areas'],
    ],
  ])('when %s', (_why, changes, paths) => {
    expect(eventFaults({ ...base, ...changes }).map(({ path }) => path)).toEqual(paths);
  });

  it('not when doors open at the start, the sale lasts to the end, or a day has a clock change', () => {
    expect(eventFaults({ ...base, doorsAt: base.startsAt, salesEndAt: base.endsAt.at })).toEqual([]);
    // 02:30 happens twice in Berlin on 2026-10-25; the wall clock goes back, the event does not.
    const startsAt = {
      local: '2026-10-25T02:30',
      zone: 'Europe/Berlin',
      at: new Date('2026-10-25T00:30:00Z'),
    };
    const endsAt = { local: '2026-10-25T02:15', zone: 'UTC', at: new Date('2026-10-25T02:15:00Z') };
    expect(eventFaults({ ...base, startsAt, endsAt })).toEqual([]);
  });
});
