import { randomInt } from 'node:crypto';
import type { EventId } from '@eventhorizon/core/shared/ids';
import { connectForWork } from '@eventhorizon/db/redis/connect';
import { waitUntil } from '@eventhorizon/devstack/process/wait-until';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newHoldId } from './testing/new-hold-id.ts';
import { openSale } from './testing/open-sale.ts';
import { type TestApi, testApi } from './testing/test-api.ts';
import { refusalOf, signUp, type TestClient, testClient } from './testing/test-client.ts';

let api: TestApi;
let owner: TestClient;
let redis: ReturnType<typeof connectForWork>;
beforeAll(async () => {
  // Everybody comes from one address here; what that limits has a test of its own.
  api = await testApi({ change: () => ({ joinLimit: { take: async () => true } }) });
  owner = (await signUp(api.url, 'olga')).api;
  redis = connectForWork(api.redis.url);
}, 60_000);
afterAll(async () => {
  redis.disconnect();
  await api[Symbol.asyncDispose]();
});

const FAR = { local: '2098-06-01T20:00', zone: 'Europe/Berlin' };

/** An event on sale with a room that opens when it is told to. */
const withRoom = async (turnsPerMinute: number, turnMs = 600_000) => {
  const sale = await openSale(owner);
  const { organizationId, eventId } = sale;
  await owner.events.update.mutate({
    organizationId,
    eventId,
    changes: { waitingRoom: { opensAt: FAR, turnsPerMinute, turnMs } },
  });
  // There is no worker here that would make the copy in Redis.
  await owner.availability.get.query({ eventId });
  return { ...sale, room: { organizationId, eventId } };
};
type Room = Awaited<ReturnType<typeof withRoom>>;

/** A visitor, with what he sends when he shows a pass. */
const visitor = async () => {
  const { visitorToken } = await testClient(api.url).visitors.create.mutate();
  const headers = { 'x-visitor': visitorToken };
  return {
    headers,
    client: testClient(api.url, headers),
    showing: (pass: string | null) => testClient(api.url, { ...headers, 'x-pass': pass ?? '' }),
  };
};
const joined = async ({ eventId }: Room) => {
  const who = await visitor();
  const { pass, view } = await who.client.waitingRoom.join.mutate({ eventId });
  return { ...who, pass: pass ?? '', view };
};
const hold = (client: TestClient, { eventId, areaId }: Room) =>
  client.holds.place.mutate({
    eventId,
    holdId: newHoldId(),
    selections: [{ kind: 'places', areaId, quantity: 1 }],
  });
const inParallel = <T>(count: number, work: () => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: count }, work));
const lookOf = ({ showing, pass }: Awaited<ReturnType<typeof joined>>, { eventId }: Room) =>
  showing(pass).waitingRoom.look.query({ eventId });

describe('a waiting room', () => {
  it('gives everybody who came before the opening a position of his own, in an order that is not that of arrival', async () => {
    const room = await withRoom(1);
    const early = await inParallel(40, () => joined(room));
    expect(early.every(({ view }) => view.state === 'before_opening')).toBe(true);
    await owner.waitingRoom.open.mutate(room.room);
    const later: Awaited<ReturnType<typeof joined>>[] = [];
    for (let n = 0; n < 5; n += 1) later.push(await joined(room));
    const positions = async (all: typeof early) =>
      (await Promise.all(all.map((who) => lookOf(who, room)))).map((view) =>
        'position' in view ? view.position : -1,
      );
    const numberOf = ({ pass }: { pass: string }) => Number(pass.split('.')[2]);
    const crowd = await positions(early.toSorted((a, b) => numberOf(a) - numberOf(b)));
    expect(crowd.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 40 }, (_, n) => n));
    expect(crowd).not.toEqual(crowd.toSorted((a, b) => a - b));
    expect(await positions(later)).toEqual([40, 41, 42, 43, 44]);
  });

  it('tells who waits his position, an estimate, and when to ask again', async () => {
    const room = await withRoom(60);
    const who = await joined(room);
    expect(who.view).toMatchObject({ state: 'before_opening', pollAfterMs: 15_000, isPaused: false });
    await inParallel(9, () => joined(room));
    await owner.waitingRoom.open.mutate(room.room);
    await owner.waitingRoom.pause.mutate(room.room);
    const last = await joined(room);
    expect(last.view).toMatchObject({ state: 'waiting', position: 10, beginsAt: null, isPaused: true });
    await owner.waitingRoom.resume.mutate(room.room);
    const view = await lookOf(last, room);
    expect(view).toMatchObject({ state: 'waiting', beginsAt: expect.any(String), isPaused: false });
  });

  it('lets who has his turn hold and buy, and a hold that stands needs no pass', async () => {
    const room = await withRoom(60);
    const who = await joined(room);
    await owner.waitingRoom.open.mutate(room.room);
    expect(await lookOf(who, room)).toMatchObject({ state: 'turn', position: 0 });
    const buyer = await signUp(api.url, `buyer-${randomInt(2 ** 40)}`);
    const headers = { authorization: `Bearer ${buyer.accessToken}`, ...who.headers };
    const held = await hold(testClient(api.url, { ...headers, 'x-pass': who.pass }), room);
    const { eventId, child } = room;
    const checkout = () =>
      buyer.api.bookings.checkout.mutate({
        eventId,
        holdId: held.id,
        buyer: { name: 'Bea', email: 'bea@example.org' },
        lines: held.units.map(({ unitId }) => ({ unitId, ticketTypeId: child })),
      });
    expect(await checkout()).toMatchObject({ payment: { state: 'free' } });
    // Used up: the same pass takes no other hold, and joining gives a new one, at the end of the line.
    const again = testClient(api.url, { ...headers, 'x-pass': who.pass });
    expect((await refusalOf(hold(again, room))).code).toBe('room.pass_used');
    const next = await again.waitingRoom.join.mutate({ eventId });
    expect(next.pass).not.toBe(who.pass);
    expect(next.view).toMatchObject({ state: 'waiting' });
  });

  it('is gone through by plain HTTP as over tRPC', async () => {
    const room = await withRoom(600);
    const { headers } = await visitor();
    const at = `${api.url}/api/v1/events/${room.eventId}`;
    const joinedAt = (await (await fetch(`${at}/waiting-room`, { method: 'POST', headers })).json()) as {
      pass: string;
    };
    const withPass = { ...headers, 'x-pass': joinedAt.pass };
    await owner.waitingRoom.open.mutate(room.room);
    const look = await fetch(`${at}/waiting-room`, { headers: withPass });
    expect(await look.json()).toMatchObject({ state: 'turn' });
    const body = JSON.stringify({
      holdId: newHoldId(),
      selections: [{ kind: 'places', areaId: room.areaId, quantity: 1 }],
    });
    const without = await fetch(`${at}/holds`, { method: 'POST', headers, body });
    expect([without.status, await without.json()]).toMatchObject([
      403,
      { error: { code: 'room.pass_required' } },
    ]);
    expect((await fetch(`${at}/holds`, { method: 'POST', headers: withPass, body })).status).toBe(200);
  });

  it('costs events without one nothing: no pass, no key in Redis, and joining says so', async () => {
    const sale = await openSale(owner);
    const { client } = await visitor();
    expect(await client.waitingRoom.join.mutate({ eventId: sale.eventId })).toEqual({
      pass: null,
      view: { state: 'no_room' },
    });
    const place = {
      eventId: sale.eventId,
      holdId: newHoldId(),
      selections: [{ kind: 'places' as const, areaId: sale.areaId, quantity: 1 }],
    };
    await client.holds.place.mutate(place);
    const keys = ['room', 'passes'].map((name) => `eh:{${sale.eventId}}:${name}`);
    expect(await redis.exists(...keys)).toBe(0);
  });
});

describe('a pass is refused', () => {
  it('without one, forged, altered, of another event, or shared', async () => {
    const [room, other] = [await withRoom(60_000), await withRoom(60_000)];
    const [who, friend] = [await joined(room), await joined(room)];
    const foreign = await joined(other);
    await owner.waitingRoom.open.mutate(room.room);
    await owner.waitingRoom.open.mutate(other.room);
    await lookOf(who, room);
    const [eventId, person, number, signature] = who.pass.split('.');
    const altered = [eventId, person, Number(number) + 1, signature].join('.');
    const friends = friend.showing(who.pass);
    const cases: [string, () => Promise<unknown>][] = [
      ['room.pass_required', () => hold(who.client, room)],
      ['room.pass_forged', () => hold(who.showing('nonsense'), room)],
      ['room.pass_forged', () => hold(who.showing(altered), room)],
      ['room.pass_required', () => hold(foreign.showing(foreign.pass), room)],
      ['room.pass_foreign', () => hold(friends, room)],
    ];
    for (const [code, call] of cases) expect((await refusalOf(call())).code).toBe(code);
    expect(await hold(who.showing(who.pass), room)).toMatchObject({ state: 'active' });
  });

  it('twin: with a reader that believes what it reads, an altered and a shared pass hold', async () => {
    await using credulous = await testApi({
      change: ({ queuePasses }) => ({
        joinLimit: { take: async () => true },
        queuePasses: {
          ...queuePasses,
          read: (token) => {
            const [eventId, , number] = token.split('.');
            return { eventId: eventId as EventId, person: person as never, number: Number(number) };
          },
        },
      }),
    });
    const olga = await signUp(credulous.url, 'olga');
    const sale = await openSale(olga.api);
    const { organizationId, eventId, areaId } = sale;
    const waitingRoom = { opensAt: FAR, turnsPerMinute: 60_000, turnMs: 600_000 };
    await olga.api.events.update.mutate({ organizationId, eventId, changes: { waitingRoom } });
    const { visitorId, visitorToken } = await testClient(credulous.url).visitors.create.mutate();
    const person: string = visitorId;
    await testClient(credulous.url, { 'x-visitor': visitorToken }).waitingRoom.join.mutate({ eventId });
    await olga.api.waitingRoom.open.mutate({ organizationId, eventId });
    const forged = testClient(credulous.url, {
      'x-visitor': visitorToken,
      'x-pass': `${eventId}.somebody.0.nothing`,
    });
    const selections = [{ kind: 'places' as const, areaId, quantity: 1 }];
    expect(await forged.holds.place.mutate({ eventId, holdId: newHoldId(), selections })).toMatchObject({
      state: 'active',
    });
  }, 60_000);

  it('before its turn, by how long it has to wait', async () => {
    const room = await withRoom(1);
    const all = await inParallel(3, () => joined(room));
    await owner.waitingRoom.open.mutate(room.room);
    const holds = await Promise.all(
      all.map((who) =>
        hold(who.showing(who.pass), room).then(
          () => 'held',
          (error: { data: { domain: { code: string } } }) => error.data.domain.code,
        ),
      ),
    );
    expect(holds.toSorted()).toEqual(['held', 'room.not_your_turn', 'room.not_your_turn']);
  });

  it('after its turn, and joining again gives another at the end of the line', async () => {
    const room = await withRoom(600, 60_000);
    const who = await joined(room);
    await owner.waitingRoom.open.mutate(room.room);
    await lookOf(who, room);
    // The room as it is stored, moved into the past: nobody waits a minute here.
    const past = new Date(Date.now() - 120_000);
    await api.database.db.collection<{ _id: string }>('events').updateOne(
      { _id: room.eventId },
      {
        $set: { 'waitingRoom.opening.openedAt': past, 'waitingRoom.pace.0.since': past },
        $inc: { revision: 1 },
      },
    );
    await api.deps.layouts.refresh(room.eventId as EventId);
    expect(await lookOf(who, room)).toMatchObject({ state: 'over' });
    expect((await refusalOf(hold(who.showing(who.pass), room))).code).toBe('room.turn_over');
    const again = await who.showing(who.pass).waitingRoom.join.mutate({ eventId: room.eventId });
    expect(again.view).toMatchObject({ state: expect.stringMatching(/^(waiting|turn)$/) });
    expect(Number(again.pass?.split('.')[2])).toBeGreaterThan(1_000);
  });
});

describe('who waits for an event that is not on sale any more', () => {
  /** The word of the change, which the worker tells. */
  const hear = ({ eventId }: Room) => api.deps.layouts.refresh(eventId as EventId);
  const closed = (reason: string) => ({ code: 'sale.closed', details: { reason } });

  it.each([
    ['postponed', (room: Room['room']) => owner.events.postpone.mutate(room)],
    [
      'cancelled',
      (room: Room['room']) =>
        owner.events.cancel.mutate({ ...room, ...{ title: 'A concert', reason: 'ill' } }),
    ],
  ])(
    'is told that it is %s, before the opening and after it, by the look and when he joins',
    async (reason, change) => {
      for (const opens of [false, true]) {
        const room = await withRoom(60);
        const who = await joined(room);
        if (opens) await owner.waitingRoom.open.mutate(room.room);
        await change(room.room);
        await hear(room);
        expect(await refusalOf(lookOf(who, room))).toMatchObject(closed(reason));
        expect(await refusalOf(joined(room))).toMatchObject(closed(reason));
      }
    },
  );

  it('keeps his place, and the room opens as the new plan says', async () => {
    const room = await withRoom(60);
    const who = await joined(room);
    await owner.events.postpone.mutate(room.room);
    const roomOpensAt = { local: '2098-12-24T10:00', zone: 'Europe/Berlin' };
    const [startsAt, endsAt] = ['20', '23'].map((hour) => ({
      local: `2099-12-31T${hour}:00`,
      zone: 'Europe/Berlin',
    }));
    if (startsAt === undefined || endsAt === undefined) throw new Error('no times');
    await owner.events.reschedule.mutate({ ...room.room, startsAt, endsAt, roomOpensAt });
    await hear(room);
    const opensAt = '2098-12-24T09:00:00.000Z';
    expect(await lookOf(who, room)).toMatchObject({ state: 'before_opening', opensAt });
    expect((await who.showing(who.pass).waitingRoom.join.mutate({ eventId: room.eventId })).pass).toBe(
      who.pass,
    );
    await owner.waitingRoom.open.mutate(room.room);
    expect(await lookOf(who, room)).toMatchObject({ state: 'turn', position: 0 });
  });

  it('waits in a line that stood still meanwhile', async () => {
    const room = await withRoom(1);
    const all = await inParallel(2, () => joined(room));
    await owner.waitingRoom.open.mutate(room.room);
    await owner.events.postpone.mutate(room.room);
    await hear(room);
    expect(await owner.waitingRoom.get.query(room.room)).toMatchObject({ state: 'paused' });
    const { startsAt, endsAt } = room.event;
    const at = ({ local, zone }: typeof startsAt) => ({ local, zone });
    await owner.events.reschedule.mutate({ ...room.room, startsAt: at(startsAt), endsAt: at(endsAt) });
    await hear(room);
    expect(await owner.waitingRoom.get.query(room.room)).toMatchObject({ state: 'running' });
    const views = await Promise.all(all.map((who) => lookOf(who, room)));
    expect(views.map(({ state }) => state).toSorted()).toEqual(['turn', 'waiting']);
  });
});

describe('the organizer', () => {
  it('sees how the room stands, and steers it', async () => {
    const room = await withRoom(60);
    expect(await owner.waitingRoom.get.query(room.room)).toMatchObject({
      state: 'before_opening',
      passes: 0,
    });
    await inParallel(5, () => joined(room));
    await owner.waitingRoom.open.mutate(room.room);
    await owner.waitingRoom.pause.mutate(room.room);
    expect(await owner.waitingRoom.get.query(room.room)).toMatchObject({ state: 'paused', crowd: 5 });
    await owner.waitingRoom.setRate.mutate({ ...room.room, turnsPerMinute: 6_000 });
    await owner.waitingRoom.resume.mutate(room.room);
    await waitUntil(async () => ((await owner.waitingRoom.get.query(room.room)).called === 5 ? true : null), {
      what: 'all five are called',
      timeoutMs: 10_000,
    });
  });

  it('cannot change the settings of a room that has opened, except by steering it', async () => {
    const room = await withRoom(60);
    await owner.waitingRoom.open.mutate(room.room);
    const change = (changes: Parameters<typeof owner.events.update.mutate>[0]['changes']) =>
      owner.events.update.mutate({ ...room.room, changes });
    const wanted = { opensAt: FAR, turnsPerMinute: 60, turnMs: 600_000 };
    for (const waitingRoom of [wanted, null])
      expect(await refusalOf(change({ waitingRoom }))).toMatchObject({
        code: 'event.not_editable',
        details: { field: 'waitingRoom' },
      });
    expect(await change({ title: 'Another title' })).toMatchObject({ title: 'Another title' });
  });

  it('lets everybody in: no pass is asked for any more', async () => {
    const room = await withRoom(1);
    const who = await joined(room);
    await owner.waitingRoom.open.mutate(room.room);
    await owner.waitingRoom.letEverybodyIn.mutate(room.room);
    expect(await hold((await visitor()).client, room)).toMatchObject({ state: 'active' });
    expect(await lookOf(who, room)).toEqual({ state: 'no_room' });
    expect((await refusalOf(owner.waitingRoom.get.query(room.room))).code).toBe('room.none');
  });

  it('shows nobody the seed or the pace', async () => {
    const room = await withRoom(60);
    await owner.waitingRoom.open.mutate(room.room);
    const { event } = await testClient(api.url).events.getPublic.query({ eventId: room.eventId });
    expect(Object.keys(event.waitingRoom ?? {}).toSorted()).toEqual(['opensAt', 'turnMs']);
  });
});
