import { deleteEvent } from '@eventhorizon/core/events/delete-event';
import type { Event } from '@eventhorizon/core/events/event';
import { getEvent } from '@eventhorizon/core/events/get-event';
import { updateEvent } from '@eventhorizon/core/events/update-event';
import { publishDueEvent } from '@eventhorizon/core/flows/publish-due-event';
import { publishEvent } from '@eventhorizon/core/flows/publish-event';
import { unpublishEvent } from '@eventhorizon/core/flows/unpublish-event';
import { verifyUnpublish } from '@eventhorizon/core/flows/verify-unpublish';
import { placeUnitId } from '@eventhorizon/core/inventory/unit';
import { isDomainError } from '@eventhorizon/core/shared/errors';
import { describe, expect, it } from 'vitest';
import { newId } from '../testing/new-id.ts';
import { eventWorld } from './testing/event-world.ts';

type World = Awaited<ReturnType<typeof eventWorld>>;
const refusedWith = (code: string) => expect.objectContaining({ code });
const later = new Date('2026-07-01T00:00:00Z');
const untilLater = (world: World) =>
  world.deps.clock.advance(later.getTime() - world.deps.clock.now().getTime());
const statusOf = async ({ deps, organizationId }: World, eventId: Event['id']) =>
  (await getEvent(deps, { organizationId, eventId })).status;
const place = (event: Event, n: number) => placeUnitId(event.areas[0]?.id ?? newId('are'), n);

describe('publishing', () => {
  it('is refused with every reason, and changes nothing', async () => {
    await using world = await eventWorld();
    const { organizationId } = world;
    const { id: eventId } = await world.draft({ ticketTypes: [], areas: [] });
    await expect(publishEvent(world.deps, { organizationId, eventId })).rejects.toMatchObject({
      code: 'event.not_publishable',
      details: {
        reasons: expect.arrayContaining(['it has no ticket types', 'it has neither a seat map nor areas']),
      },
    });
    expect(await getEvent(world.deps, { organizationId, eventId })).toMatchObject({
      status: 'draft',
      revision: 1,
    });
    expect(await world.outboxRows('inventory.follow_event')).toEqual([]);
  });

  it('of one event by two at once happens once', async () => {
    await using world = await eventWorld();
    const { organizationId } = world;
    const { id: eventId } = await world.draft();
    const results = await Promise.allSettled(
      [1, 2, 3].map(() => publishEvent(world.deps, { organizationId, eventId })),
    );
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await getEvent(world.deps, { organizationId, eventId })).toMatchObject({
      status: 'published',
      revision: 2,
    });
  });

  it('at a set time waits for it, and happens once however often the job runs', async () => {
    await using world = await eventWorld();
    const { organizationId } = world;
    const { id: eventId } = await world.draft();
    await publishEvent(world.deps, { organizationId, eventId, at: later });
    expect(await world.outboxRows('event.publish')).toMatchObject([{ payload: { eventId }, dueAt: later }]);
    expect(await publishDueEvent(world.deps, eventId)).toMatchObject({ outcome: 'not_yet' });
    untilLater(world);
    // A clock that is behind must not make the job go away: nobody would ring again.
    world.deps.clock.advance(-50);
    expect(await publishDueEvent(world.deps, eventId)).toEqual({ outcome: 'not_yet', retryAfterMs: 50 });
    world.deps.clock.advance(50);
    expect(await publishDueEvent(world.deps, eventId)).toEqual({ outcome: 'published' });
    expect(await publishDueEvent(world.deps, eventId)).toEqual({ outcome: 'not_due' });
    expect(await statusOf(world, eventId)).toBe('published');
  });

  it('at a set time counts what was changed since, and the time as it was moved', async () => {
    await using world = await eventWorld();
    const { organizationId } = world;
    const { id: eventId } = await world.draft();
    await publishEvent(world.deps, { organizationId, eventId, at: new Date('2026-06-02') });
    await updateEvent(world.deps, { organizationId, eventId, changes: { title: 'Changed' } });
    await publishEvent(world.deps, { organizationId, eventId, at: later });
    world.deps.clock.advance(2 * 86_400_000);
    expect(await publishDueEvent(world.deps, eventId)).toMatchObject({ outcome: 'not_yet' });
    untilLater(world);
    expect(await publishDueEvent(world.deps, eventId)).toEqual({ outcome: 'published' });
    expect(await getEvent(world.deps, { organizationId, eventId })).toMatchObject({
      title: 'Changed',
      status: 'published',
    });
  });

  it('at a set time does not happen once the time is taken away or the draft deleted', async () => {
    await using world = await eventWorld();
    const { organizationId } = world;
    const unset = await world.draft();
    const deleted = await world.draft();
    for (const { id: eventId } of [unset, deleted])
      await publishEvent(world.deps, { organizationId, eventId, at: later });
    expect(await unpublishEvent(world.deps, { organizationId, eventId: unset.id })).toMatchObject({
      status: 'draft',
      publishAt: null,
    });
    await deleteEvent(world.deps, { organizationId, eventId: deleted.id });
    untilLater(world);
    for (const { id } of [unset, deleted])
      expect(await publishDueEvent(world.deps, id)).toEqual({ outcome: 'not_due' });
    expect(await statusOf(world, unset.id)).toBe('draft');
  });

  it('by a job that comes after the start is refused with the reason, once', async () => {
    await using world = await eventWorld();
    const { organizationId } = world;
    const { id: eventId } = await world.draft();
    await publishEvent(world.deps, { organizationId, eventId, at: later });
    world.deps.clock.advance(365 * 86_400_000);
    expect(await publishDueEvent(world.deps, eventId)).toMatchObject({
      outcome: 'refused',
      reasons: ['it would start in the past', expect.anything()],
    });
    expect(await publishDueEvent(world.deps, eventId)).toEqual({ outcome: 'not_due' });
  });
});

describe('unpublishing', () => {
  const published = async (world: World): Promise<Event> => {
    const { id: eventId } = await world.draft();
    return publishEvent(world.deps, { organizationId: world.organizationId, eventId });
  };
  /** A checkout that read the event as published commits between the unpublish's look at the sales and its own commit. */
  const unpublishWhileSelling = (world: World, event: Event) => {
    const sales = {
      hasAnyBooked: async (eventId: Event['id']) => {
        const booked = await world.deps.sales.hasAnyBooked(eventId);
        await world.sell(event, place(event, 1));
        return booked;
      },
    };
    return unpublishEvent(
      { ...world.deps, sales },
      { organizationId: world.organizationId, eventId: event.id },
    );
  };

  it('makes an unsold event a draft that nobody can change until it was looked at again', async () => {
    await using world = await eventWorld();
    const { deps, organizationId } = world;
    const { id: eventId } = await published(world);
    const asked = { organizationId, eventId };
    expect(await unpublishEvent(deps, asked)).toMatchObject({ status: 'draft', revision: 3 });
    const frozen = refusedWith('event.frozen');
    const commands = [
      () => updateEvent(deps, { ...asked, changes: { title: 'x' } }),
      () => publishEvent(deps, asked),
      () => unpublishEvent(deps, asked),
      () => deleteEvent(deps, asked),
    ];
    for (const command of commands) await expect(command()).rejects.toEqual(frozen);
    expect(await verifyUnpublish(deps, eventId)).toBe('too_early');
    deps.clock.advance(6_000);
    // The time alone thaws nothing: the worker may be late, and the look is what counts.
    await expect(publishEvent(deps, asked)).rejects.toEqual(frozen);
    expect(await verifyUnpublish(deps, eventId)).toBe('thawed');
    expect(await verifyUnpublish(deps, eventId)).toBe('nothing_to_do');
    expect((await updateEvent(deps, { ...asked, changes: { title: 'x' } })).title).toBe('x');
    expect((await publishEvent(deps, asked)).status).toBe('published');
  });

  it('orders a look when the freeze is over and one when no transaction can be left', async () => {
    await using world = await eventWorld();
    const { id: eventId } = await published(world);
    await unpublishEvent(world.deps, { organizationId: world.organizationId, eventId });
    const now = world.deps.clock.now().getTime();
    const rows = await world.outboxRows('event.verify_unpublish');
    expect(rows.map(({ dueAt }) => dueAt.getTime() - now)).toEqual([6_000, 65_000]);
  });

  it('is refused when anything is sold, and for what is not on sale', async () => {
    await using world = await eventWorld();
    const { deps, organizationId } = world;
    const event = await published(world);
    await world.sell(event, place(event, 1));
    await expect(unpublishEvent(deps, { organizationId, eventId: event.id })).rejects.toEqual(
      refusedWith('event.has_bookings'),
    );
    const { id: draft } = await world.draft();
    await expect(unpublishEvent(deps, { organizationId, eventId: draft })).rejects.toEqual(
      refusedWith('event.bad_move'),
    );
  });

  it('beside a checkout that commits in between ends with the event on sale again', async () => {
    await using world = await eventWorld();
    const event = await published(world);
    expect((await unpublishWhileSelling(world, event)).status).toBe('draft');
    world.deps.clock.advance(6_000);
    expect(await verifyUnpublish(world.deps, event.id)).toBe('published_again');
    const after = await getEvent(world.deps, { organizationId: world.organizationId, eventId: event.id });
    expect(after).toMatchObject({ status: 'published', frozenUntil: null, publishedAt: event.publishedAt });
    expect(await world.outboxRows('inventory.follow_event')).toHaveLength(3);
  });

  /** A checkout that read the event as published commits after the unpublish; meanwhile the organizer deletes the draft. */
  const deletedWhileSelling = async (world: World, deps: World['deps']) => {
    const event = await published(world);
    const asked = { organizationId: world.organizationId, eventId: event.id };
    await unpublishEvent(deps, asked);
    const deleted = await deleteEvent(deps, asked).then(
      () => 'deleted',
      (error: unknown) => (isDomainError(error) ? error.code : 'another error'),
    );
    await world.sell(event, place(event, 1));
    const sold = await world.deps.sales.hasAnyBooked(event.id);
    return { deleted, sold, stands: (await world.deps.events.find(event.id)) !== null };
  };

  it('keeps what may still be bought: a frozen draft cannot be deleted under a buyer', async () => {
    await using world = await eventWorld();
    expect(await deletedWhileSelling(world, world.deps)).toEqual({
      deleted: 'event.frozen',
      sold: true,
      stands: true,
    });
  });

  it('twin: without the freeze a purchase is left of an event that is gone', async () => {
    await using world = await eventWorld();
    const { events } = world.deps;
    const thawed = (event: Event | null) => event && { ...event, frozenUntil: null };
    const careless = {
      ...world.deps,
      events: {
        ...events,
        findOwn: async (...ids: Parameters<typeof events.findOwn>) => thawed(await events.findOwn(...ids)),
      },
    };
    expect(await deletedWhileSelling(world, careless)).toEqual({
      deleted: 'deleted',
      sold: true,
      stands: false,
    });
  });

  it('twin: without the look that purchase stays one of a draft', async () => {
    await using world = await eventWorld();
    const event = await published(world);
    await unpublishWhileSelling(world, event);
    world.deps.clock.advance(6_000);
    expect(await statusOf(world, event.id)).toBe('draft');
    expect(await world.deps.sales.hasAnyBooked(event.id)).toBe(true);
  });

  it('beside a checkout that commits even after the first look is repaired by the last one', async () => {
    await using world = await eventWorld();
    const event = await published(world);
    await unpublishEvent(world.deps, { organizationId: world.organizationId, eventId: event.id });
    world.deps.clock.advance(6_000);
    expect(await verifyUnpublish(world.deps, event.id)).toBe('thawed');
    await world.sell(event, place(event, 1));
    world.deps.clock.advance(59_000);
    expect(await verifyUnpublish(world.deps, event.id)).toBe('published_again');
  });
});
