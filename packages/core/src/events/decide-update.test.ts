import { describe, expect, it } from 'vitest';
import { DomainError, isDomainError } from '../shared/errors.ts';
import type { AreaId, SeatMapId, TicketTypeId, VenueId } from '../shared/ids.ts';
import { countingIds } from '../testing/counting-ids.ts';
import { draftEvent } from '../testing/draft-event.ts';
import { decideUpdate, type EventChanges } from './decide-update.ts';
import { EVENT_STATUSES, type Event } from './event.ts';
import { updateEventInput } from './update-event.ts';

const now = new Date('2026-06-01T00:00:00Z');
const published = (changes: Partial<Event> = {}) =>
  draftEvent({ status: 'published', publishedAt: now, ...changes });
const update = (event: Event, changes: EventChanges) => decideUpdate(event, changes, now, countingIds());
/** `code` or `code:field` of a refusal, null when the change is let through. */
const refusal = (event: Event, changes: EventChanges): string | null => {
  try {
    update(event, changes);
    return null;
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return isDomainError(error, 'event.not_editable') && error.details.field !== undefined
      ? `${error.code}:${error.details.field}`
      : error.code;
  }
};
const { areas, ticketTypes, priceCategories } = draftEvent();
const [area] = areas;
const [adult, child] = ticketTypes;
if (area === undefined || adult === undefined || child === undefined)
  throw new Error('the builder has changed');
const later = { local: '2026-09-02T20:00', zone: 'Europe/Berlin' };
const laterEnd = { local: '2026-09-02T23:00', zone: 'Europe/Berlin' };

const anybodyMay: [what: string, changes: EventChanges][] = [
  ['terms', { terms: 'No glass.' }],
  ['title and description', { title: 'New', description: '**new**' }],
  ['image, category, tags', { imageUrl: null, category: 'rock', tags: ['a'] }],
  [
    'the end and the doors',
    { endsAt: laterEnd, doorsAt: { local: '2026-09-01T19:00', zone: 'Europe/Berlin' } },
  ],
  ['the sales window', { salesStartAt: now, salesEndAt: new Date('2026-08-01') }],
  ['limits and hold time', { maxPerBooking: 4, maxPerPerson: 8, holdTtlMs: 120_000 }],
  [
    'prices and names of ticket types',
    { ticketTypes: [{ ...adult, name: 'Full', prices: { Front: 1, Back: 1, Standing: 1 } }, child] },
  ],
  ['one more ticket type', { ticketTypes: [adult, child, { name: 'Senior', prices: { Front: 100 } }] }],
  ['a larger area, renamed', { areas: [{ ...area, capacity: 101, name: 'Pit' }] }],
  [
    'names and colors of price categories',
    { priceCategories: priceCategories.map((c) => ({ ...c, name: 'x', color: '#000000' })) },
  ],
];
const draftsOnly: [field: string, changes: EventChanges][] = [
  ['venueId', { venueId: 'ven_00000000000000000000000009' as VenueId }],
  ['seatMapId', { seatMapId: 'map_00000000000000000000000009' as SeatMapId }],
  ['seatMapId', { seatMapId: null }],
  ['currency', { currency: 'USD' }],
  ['areas.capacity', { areas: [{ ...area, capacity: 99 }] }],
  ['areas', { areas: [] }],
  ['areas', { areas: [area, { name: 'Balcony', capacity: 5, priceCategory: 'Standing' }] }],
  ['areas', { areas: [{ ...area, priceCategory: 'Front' }] }],
  ['ticketTypes', { ticketTypes: [adult] }],
  ['priceCategories', { priceCategories: [...priceCategories, { key: 'VIP', name: 'VIP', color: null }] }],
  ['priceCategories', { priceCategories: [...priceCategories].reverse() }],
];

describe('changing an event', () => {
  it.each([...anybodyMay, ...draftsOnly])('as a draft: %s may change', (_what, changes) => {
    expect(refusal(draftEvent(), changes)).toBeNull();
  });

  it.each(anybodyMay)('once published or postponed: %s may change', (_what, changes) => {
    expect(refusal(published(), changes)).toBeNull();
    expect(refusal(published({ status: 'postponed' }), changes)).toBeNull();
  });

  it.each(draftsOnly)('once published or postponed: %s stays', (field, changes) => {
    expect(refusal(published(), changes)).toBe(`event.not_editable:${field}`);
    expect(refusal(published({ status: 'postponed' }), changes)).toBe(`event.not_editable:${field}`);
  });

  it('names a locked field only when its value differs', () => {
    const { venueId, seatMapId, currency } = draftEvent();
    expect(
      refusal(published(), {
        venueId,
        seatMapId,
        currency,
        areas: [area],
        ticketTypes: [adult, child],
        priceCategories: [...priceCategories],
      }),
    ).toBeNull();
  });

  it.each(EVENT_STATUSES.filter((status) => status === 'cancelled' || status === 'completed'))(
    'is over when it is %s',
    (status) => {
      expect(refusal(published({ status }), { title: 'New' })).toBe('event.not_editable');
    },
  );

  it('waits while it is frozen after an unpublish, also past the time, until somebody has looked', () => {
    expect(refusal(draftEvent({ frozenUntil: new Date(now.getTime() + 1) }), { title: 'New' })).toBe(
      'event.frozen',
    );
    expect(refusal(draftEvent({ frozenUntil: new Date(0) }), { title: 'New' })).toBe('event.frozen');
  });

  it('raises the revision and leaves what was not named, also what was named as undefined', () => {
    const event = draftEvent();
    const { title: _title, ...rest } = event;
    expect(update(event, { title: 'New', maxPerBooking: undefined })).toEqual({
      ...rest,
      title: 'New',
      revision: 8,
      updatedAt: now,
    });
  });

  it('renders the description and finds the instants of new times', () => {
    const next = update(draftEvent(), {
      description: '**x**<script>1</script>',
      startsAt: later,
      endsAt: laterEnd,
    });
    expect(next.descriptionHtml).toBe('<p><strong>x</strong></p>');
    expect(next.startsAt.at).toEqual(new Date('2026-09-02T18:00:00Z'));
  });

  it('keeps the ids of areas and ticket types that are named, mints ids for new ones, and refuses foreign ones', () => {
    const next = update(draftEvent(), { ticketTypes: [child, { name: 'New', prices: {} }] });
    expect(next.ticketTypes.map(({ id }) => id)).toEqual([child.id, 'tty_00000000000000000000000001']);
    const foreign = '_00000000000000000000000099';
    expect(
      refusal(draftEvent(), {
        ticketTypes: [{ id: `tty${foreign}` as TicketTypeId, name: 'x', prices: {} }],
      }),
    ).toBe('thing.not_found');
    expect(refusal(draftEvent(), { areas: [{ ...area, id: `are${foreign}` as AreaId }] })).toBe(
      'thing.not_found',
    );
  });

  it('never gives a number of a place twice: raising after places were retired appends', () => {
    const retired = { ...area, capacity: 60, issued: 100 };
    const next = update(published({ areas: [retired] }), { areas: [{ ...area, capacity: 70 }] });
    expect(next.areas[0]).toMatchObject({ capacity: 70, issued: 110 });
    expect(update(published(), { areas: [{ ...area, capacity: 120 }] }).areas[0]).toEqual({
      ...area,
      capacity: 120,
    });
  });

  it('cannot drop or lower an area with retired places, even as a draft', () => {
    const event = draftEvent({ areas: [{ ...area, capacity: 60, issued: 100 }] });
    expect(refusal(event, { areas: [] })).toBe('event.not_editable:areas');
    expect(refusal(event, { areas: [{ ...area, capacity: 59 }] })).toBe('event.not_editable:areas.capacity');
    expect(refusal(event, { areas: [{ ...area, capacity: 60 }] })).toBeNull();
  });

  it('refuses contradictions', () => {
    expect(refusal(draftEvent(), { startsAt: laterEnd })).toBe('input.invalid');
    expect(refusal(draftEvent(), { startsAt: { local: '2026-05-01T20:00', zone: 'UTC' } })).toBeNull();
  });

  it('moves no event on sale: who bought would not hear of it', () => {
    expect(refusal(published(), { startsAt: later, endsAt: laterEnd })).toBe('event.not_editable:startsAt');
    const { local, zone } = published().startsAt;
    expect(refusal(published(), { startsAt: { local, zone } })).toBeNull();
  });

  it('takes what the input schema lets through', () => {
    const { changes } = updateEventInput.parse({
      organizationId: area.id.replace('are', 'org'),
      eventId: area.id.replace('are', 'evt'),
      changes: { areas: [{ ...area, capacity: 500 }], tags: ['A B'] },
    });
    expect(update(published(), changes)).toMatchObject({ tags: ['a-b'], areas: [{ capacity: 500 }] });
  });
});

describe('a waiting room', () => {
  const opensAt = { local: '2026-08-01T10:00', zone: 'Europe/Berlin' };
  const wanted = { opensAt, turnsPerMinute: 60, turnMs: 600_000 };
  const withRoom = (): Event => update(published(), { waitingRoom: wanted });
  const opensInPast = (): Event => {
    const event = withRoom();
    if (event.waitingRoom === null) throw new Error('no room');
    const past = { ...event.waitingRoom.opensAt, at: now };
    return { ...event, waitingRoom: { ...event.waitingRoom, opensAt: past } };
  };

  it('comes, changes and goes on sale, until it opens', () => {
    expect(withRoom().waitingRoom).toMatchObject({ opening: null, pace: [], turnsPerMinute: 60 });
    expect(refusal(withRoom(), { waitingRoom: { ...wanted, turnsPerMinute: 5 } })).toBeNull();
    expect(update(withRoom(), { waitingRoom: null }).waitingRoom).toBeNull();
  });

  it('is not edited from the moment at which it opens, looked at or not; the same settings change nothing', () => {
    expect(refusal(opensInPast(), { waitingRoom: null })).toBe('event.not_editable:waitingRoom');
    const other = { ...wanted, turnMs: 60_000 };
    expect(refusal(opensInPast(), { waitingRoom: other })).toBe('event.not_editable:waitingRoom');
    expect(update(opensInPast(), { waitingRoom: wanted }).waitingRoom).toEqual(opensInPast().waitingRoom);
    expect(refusal(opensInPast(), { title: 'New' })).toBeNull();
  });

  it('that has opened is not changed in a draft either, and one that was taken away for good is not made anew', () => {
    const { waitingRoom } = withRoom();
    if (waitingRoom === null) throw new Error('no room');
    const opening = { seed: 'ab', crowd: 7, openedAt: now };
    const unpublished: Event = { ...withRoom(), status: 'draft', waitingRoom: { ...waitingRoom, opening } };
    expect(refusal(unpublished, { waitingRoom: null })).toBe('event.not_editable:waitingRoom');
    const ended: Event = { ...published(), roomEndedAt: now };
    expect(refusal(ended, { waitingRoom: wanted })).toBe('event.not_editable:waitingRoom');
    expect(refusal({ ...ended, status: 'draft' }, { waitingRoom: wanted })).toBe(
      'event.not_editable:waitingRoom',
    );
  });

  it('opens neither before the sale starts nor after it ends', () => {
    const room = { waitingRoom: wanted };
    expect(refusal(published({ salesStartAt: new Date('2026-08-02') }), room)).toBe('input.invalid');
    expect(refusal(published({ salesEndAt: new Date('2026-07-02') }), room)).toBe('input.invalid');
  });
});
