import { describe, expect, it } from 'vitest';
import { createEventInput } from './create-event.ts';
import { updateEventInput } from './update-event.ts';

const id = (prefix: string, n = 1) => `${prefix}_${`${n}`.padStart(26, '0')}`;
const minimal = {
  organizationId: id('org'),
  title: ' A concert ',
  startsAt: { local: '2026-09-01T20:00', zone: 'Europe/Berlin' },
  endsAt: { local: '2026-09-01T23:00', zone: 'Europe/Berlin' },
  venueId: id('ven'),
  currency: 'EUR',
};
const refused = (extra: object) => createEventInput.safeParse({ ...minimal, ...extra }).success === false;

describe('the input of a new event', () => {
  it('needs a title, times, a venue and a currency; the rest has defaults', () => {
    expect(createEventInput.parse(minimal)).toMatchObject({
      title: 'A concert',
      description: '',
      maxPerBooking: 10,
      holdTtlMs: 600_000,
      transfers: { allowed: true, endsBeforeStartMs: 0 },
      waitingRoom: null,
      areas: [],
      seatMapId: null,
    });
  });

  it.each([
    ['title', ''],
    ['title', 'x\u0000'],
    ['title', 'x'.repeat(201)],
    ['description', '>'.repeat(20_000)],
    ['description', 'x'.repeat(20_001)],
    ['terms', 'x'.repeat(1_501)],
    ['terms', 'x\n'.repeat(12)],
    ['terms', 'x\u0000'],
    ['transfers', { endsBeforeStartMs: -1 }],
    ['transfers', null],
    ['imageUrl', 'http://example.org/x.png'],
    ['imageUrl', 'javascript:alert(1)'],
    ['imageUrl', 'https://user:secret@example.org/x.png'],
    ['imageUrl', 'x'],
    ['currency', 'EURO'],
    ['currency', 'XXQ'],
    ['maxPerBooking', 0],
    ['maxPerBooking', 101],
    ['maxPerBooking', 1.5],
    ['holdTtlMs', 59_999],
    ['holdTtlMs', 30 * 60_000 + 1],
    ['startsAt', { local: '2026-03-29T02:30', zone: 'Europe/Berlin' }],
    ['startsAt', { local: '2026-02-30T20:00', zone: 'Europe/Berlin' }],
    ['startsAt', { local: '2026-09-01T20:00', zone: 'Mars/Olympus' }],
    ['salesStartAt', '2026-09-01'],
    ['venueId', { $ne: null }],
    ['tags', ['x'.repeat(41)]],
    ['priceCategories', [{ key: '' }]],
    ['priceCategories', [{ key: '__proto__' }]],
    ['priceCategories', [{ key: 'A', color: 'red;background:url(x)' }]],
    ['areas', [{ name: 'Floor', capacity: 0, priceCategory: 'A' }]],
    ['areas', [{ name: 'Floor', capacity: 1_000_001, priceCategory: 'A' }]],
    ['ticketTypes', [{ name: 'Adult', prices: { A: -1 } }]],
    ['ticketTypes', [{ name: 'Adult', prices: { A: 12.5 } }]],
    ['ticketTypes', [{ name: 'Adult', prices: { A: 100_000_000 } }]],
  ])('refuses %s: %j', (field, value) => {
    expect(refused({ [field]: value })).toBe(true);
  });

  it('takes an ordinary https picture and a free ticket', () => {
    expect(
      refused({ imageUrl: 'https://example.org/x.png', ticketTypes: [{ name: 'Free', prices: { A: 0 } }] }),
    ).toBe(false);
  });
});

describe('the input of a change', () => {
  it('adds no defaults for fields that are not named', () => {
    const parsed = updateEventInput.parse({
      organizationId: id('org'),
      eventId: id('evt'),
      changes: { title: 'New' },
    });
    expect(parsed.changes).toEqual({ title: 'New' });
  });
});
