import type { AttemptKind } from '@eventhorizon/core/identity/attempts';
import type { EventId } from '@eventhorizon/core/shared/ids';
import { LRUCache } from 'lru-cache';

/**
 * Every key of an event shares the hash tag `{evt_…}`, so that one script may touch them all on Redis Cluster. The order is
 * the order of KEYS in the scripts (lua/lib-open.lua).
 *
 *   meta      hash   epoch version revision shape status from until rung (last bell, ms); per pool p: f<p> h<p> t<p> counts, c<p> capacity, n<p> next place
 *   units     hash   unit id -> `h:<hold id>` or `<claim owner>|<person>`; free units are absent
 *   seats     string two bits a seat (core/inventory/availability.ts)
 *   holds     hash   hold id -> record; `q:<hold id>` -> quote
 *   expiries  zset   hold id by the instant (ms) at which something is due for it
 *   freed     zset   free places below the cursor, by pool * 10^7 + place
 *   persons   hash   owner -> units held and sold
 *   gone      zset   `<owner> <unit id>` by the instant (ms) of the free; 24 h
 *   rebuild   string token of the running rebuild, with a lease
 *   journal   list   changes that came during the rebuild
 *
 * The copy of an event that is cancelled or completed lives for another week.
 */
const NAMES = [
  'meta',
  'units',
  'seats',
  'holds',
  'expiries',
  'freed',
  'persons',
  'gone',
  'rebuild',
  'journal',
] as const;

/**
 * Beside the copy, of waiting rooms (core/waiting-room); no rebuild touches them:
 *
 *   turns     hash   number -> who holds with it; `u:<number>` -> checkouts of its holds. KEYS[11] of the scripts of holds
 *   room      hash   at: next number, to: end of the block that was reserved for it in Mongo, leased: until when (ms) one caller reserves the next
 *   passes    hash   person -> number
 *
 * They live for a week after the last write.
 */
const ROOM_NAMES = ['turns', 'room', 'passes'] as const;

export const STAGED = ['meta', 'units', 'seats', 'holds', 'expiries', 'freed', 'persons'] as const;

export type EventKey = (typeof NAMES)[number] | (typeof ROOM_NAMES)[number];

export const eventKey = (eventId: EventId, name: EventKey): string => `eh:{${eventId}}:${name}`;

/** The same list for the same event, so that it is spelled out once (script-command.ts); of the events that were asked for last. */
const remembered = (make: (eventId: EventId) => string[]): ((eventId: EventId) => readonly string[]) => {
  const known = new LRUCache<EventId, readonly string[]>({ max: 1_000 });
  return (eventId) => {
    const keys = known.get(eventId) ?? make(eventId);
    known.set(eventId, keys);
    return keys;
  };
};

export const eventKeys = remembered((eventId) => NAMES.map((name) => eventKey(eventId, name)));

/** What scripts take that move holds: a hold placed in a turn carries its number. */
export const holdKeys = remembered((eventId) => [...eventKeys(eventId), eventKey(eventId, 'turns')]);
export const roomKeys = (eventId: EventId): string[] =>
  (['room', 'passes', 'turns'] as const).map((name) => eventKey(eventId, name));

/** Where one rebuild puts its copy together; another rebuild has other keys, so a stale one cannot disturb it. */
export const stagingKeys = (eventId: EventId, token: string): string[] =>
  STAGED.map((name) => `eh:{${eventId}}:staging:${token}:${name}`);

/** Where the scripts ring when an event changed (lua/lib-bell.lua makes the same name). */
export const changeChannel = (eventId: EventId): string => `eh:{${eventId}}:changed`;

export const rateKey = (what: string): string => `eh:rate:{${what}}`;

/** `whose`: a digest, because names, addresses and what people mistype as names are nobody's business here. */
export const attemptKey = (kind: AttemptKind, whose: string): string => `eh:attempts:{${kind}:${whose}}`;

/**
 * Remembered pages of the public listing, under one hash tag, so that a page and the generation are read at one moment (look-up-page.lua).
 *
 *   generation   string   random; replaced whenever a listing changed. A page is worth something only under the one it was read under,
 *                         and on the server, in the role, in which it was
 *   page:<slot>  string   a page with its key, and with the server's history and the generation that were read before it, as JSON
 */
export const listingGenerationKey = 'eh:{listings}:generation';
export const listingPageKey = (slot: number): string => `eh:{listings}:page:${slot}`;
