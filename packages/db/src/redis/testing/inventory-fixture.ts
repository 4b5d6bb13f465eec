import type { Event } from '@eventhorizon/core/events/event';
import type { HoldStore, Pick, PlaceHoldRequest } from '@eventhorizon/core/holds/ports';
import type { Claim } from '@eventhorizon/core/inventory/claim';
import { eventGate } from '@eventhorizon/core/inventory/event-gate';
import { type EventLayout, layoutOf } from '@eventhorizon/core/inventory/layout';
import type {
  AvailabilityReader,
  EventGate,
  InventoryMirror,
  InventoryTruth,
  LayoutSource,
} from '@eventhorizon/core/inventory/ports';
import { placeUnitId, type Unit, type UnitId } from '@eventhorizon/core/inventory/unit';
import type { AreaId } from '@eventhorizon/core/shared/ids';
import type { Seat } from '@eventhorizon/core/venues/seat-map';
import { type TestRedis, testRedis } from '@eventhorizon/devstack/test-redis';
import type { Redis } from 'ioredis';
import { newId } from '../../testing/new-id.ts';
import { createAvailabilityReader } from '../availability-reader.ts';
import { connectForWork } from '../connect.ts';
import { createHoldStore } from '../hold-store.ts';
import { createInventoryMirror } from '../inventory-mirror.ts';
import { type LuaSources, readLuaSources } from '../lua-sources.ts';
import { createScriptRunner, type ScriptRunner } from '../script-runner.ts';

const HOUR = 3_600_000;

export type Shape = { readonly seats?: number; readonly places?: number };

/** A published event on sale: `seats` seats of category A in one row, and one area of `places`. */
export const testEvent = (shape: Shape = {}, change: Partial<Event> = {}) => {
  const { seats: seatCount = 8, places = 10 } = shape;
  const now = Date.now();
  const time = (at: number) => ({ local: '2030-01-01T20:00', zone: 'Europe/Berlin', at: new Date(at) });
  const areaId = newId('are');
  const event: Event = {
    id: newId('evt'),
    organizationId: newId('org'),
    status: 'published',
    title: 'A show',
    description: '',
    descriptionHtml: '',
    category: 'concert',
    tags: [],
    imageUrl: null,
    startsAt: time(now + 48 * HOUR),
    endsAt: time(now + 50 * HOUR),
    doorsAt: null,
    venueId: newId('ven'),
    seatMapId: seatCount > 0 ? newId('map') : null,
    priceCategories: [
      { key: 'A', name: 'A', color: null },
      { key: 'S', name: 'Standing', color: null },
    ],
    areas: places > 0 ? [{ id: areaId, name: 'Floor', capacity: places, priceCategory: 'S' }] : [],
    ticketTypes: [{ id: newId('tty'), name: 'Adult', prices: { A: 5_000, S: 3_000 } }],
    currency: 'EUR',
    salesStartAt: null,
    salesEndAt: null,
    maxPerBooking: 10,
    maxPerPerson: 10,
    holdTtlMs: 600_000,
    waitingRoom: null,
    publishAt: null,
    publishedAt: new Date(now),
    frozenUntil: null,
    revision: 1,
    createdAt: new Date(now),
    updatedAt: new Date(now),
    ...change,
  };
  const seats = Array.from(
    { length: seatCount },
    (_, i): Seat => ({
      guid: `g${i}`,
      section: 'Stalls',
      row: '1',
      number: String(i + 1),
      category: 'A',
      x: i * 20,
      y: 0,
      accessible: false,
    }),
  );
  const layout = layoutOf(event, seats);
  return { event, seats, layout, gate: eventGate(event, layout), areaId: event.areas[0]?.id ?? areaId };
};

/** Truth for tests: claims by unit, as Mongo would hold them. */
export type ClaimBook = Map<UnitId, Claim>;

export const streamOf = (book: ClaimBook) => () =>
  (async function* () {
    yield* [...book.values()];
  })();

/** Claims for a rebuild, where nothing was bought in a turn. */
export const onlyClaims = (claims: InventoryTruth['claims']): InventoryTruth => ({
  claims,
  turns: async function* () {
    // No bookings.
  },
});

export type Inventory = AsyncDisposable & {
  readonly server: TestRedis;
  readonly redis: Redis;
  readonly runner: ScriptRunner;
  readonly holds: HoldStore;
  readonly mirror: InventoryMirror;
  readonly reader: AvailabilityReader;
  readonly event: Event;
  readonly layout: EventLayout;
  readonly layouts: LayoutSource;
  readonly gate: EventGate;
  readonly areaId: AreaId;
  readonly book: ClaimBook;
  readonly seat: (index: number) => Unit;
  readonly place: (number: number) => Unit;
  /** A place request with what tests do not care about filled in. */
  readonly request: (picks: readonly Pick[], change?: Partial<PlaceHoldRequest>) => PlaceHoldRequest;
  readonly rebuild: (force?: boolean) => Promise<string>;
  /** Another connection on the same Redis and event, without time-outs unless `connectForRequests` is given. */
  readonly another: (connect?: typeof connectForWork) => {
    holds: HoldStore;
    mirror: InventoryMirror;
    redis: Redis;
  };
};

export const seatsPick = (...blocks: (readonly Unit[])[]): Pick => ({ kind: 'blocks', candidates: blocks });

/** A Redis of its own with one warm event in it. `sources`: the scripts, with a protection switched off for a twin. */
export const testInventory = async (
  shape: Shape = {},
  options: { sources?: LuaSources; change?: Partial<Event>; cold?: boolean } = {},
): Promise<Inventory> => {
  const server = await testRedis();
  const connections: Redis[] = [];
  const open = (sources: LuaSources, connect = connectForWork) => {
    const redis = connect(server.url);
    connections.push(redis);
    const runner = createScriptRunner(redis, sources);
    return {
      redis,
      runner,
      holds: createHoldStore(runner),
      mirror: createInventoryMirror(runner),
      reader: createAvailabilityReader(runner),
    };
  };
  const shipped = readLuaSources();
  const own = open(options.sources ?? shipped);
  const { event, layout, gate, areaId } = testEvent(shape, options.change);
  const book: ClaimBook = new Map();
  const rebuild = (force = false) => own.mirror.rebuild(layout, gate, onlyClaims(streamOf(book)), force);
  if (options.cold !== true) await rebuild();
  return {
    ...own,
    server,
    event,
    layout,
    layouts: { get: async () => ({ event, layout }), refresh: async () => ({ event, layout }) },
    gate,
    areaId,
    book,
    seat: layout.seatUnit,
    place: (number) => ({
      unitId: placeUnitId(areaId, number),
      pool: layout.pools.length - 1,
      seat: -1,
      place: number,
    }),
    request: (picks, change = {}) => ({
      holdId: newId('hld'),
      eventId: event.id,
      revision: event.revision,
      owner: newId('usr'),
      ttlMs: event.holdTtlMs,
      maxPerPerson: event.maxPerPerson,
      picks,
      quote: { currency: 'EUR', prices: [] },
      turn: null,
      ...change,
    }),
    rebuild,
    another: (connect) => open(shipped, connect),
    [Symbol.asyncDispose]: async () => {
      for (const redis of connections) redis.disconnect();
      await server[Symbol.asyncDispose]();
    },
  };
};

/** Twin scripts: every script in which `text` stands, with `instead` in its place. Fails when it stands nowhere. */
export const scriptsWithout = (text: string, instead = ''): LuaSources => {
  const shipped = readLuaSources();
  if (!Object.values(shipped).some((lua) => lua.includes(text))) {
    throw new Error(`the protection "${text}" is not in the scripts any more: mend the twin`);
  }
  return Object.fromEntries(
    Object.entries(shipped).map(([name, lua]) => [name, lua.replaceAll(text, instead)]),
  );
};
