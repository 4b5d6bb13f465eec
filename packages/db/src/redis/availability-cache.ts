import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import {
  type AvailabilityView,
  availabilityEtag,
  availabilityView,
} from '@eventhorizon/core/inventory/availability-view';
import type {
  AvailabilityCache,
  AvailabilityPage,
  AvailabilityReader,
  Encoding,
  LayoutSource,
} from '@eventhorizon/core/inventory/ports';
import type { Clock } from '@eventhorizon/core/shared/clock';
import type { EventId } from '@eventhorizon/core/shared/ids';
import { LRUCache } from 'lru-cache';

/** How old what is served may be (ARCHITECTURE §5; issue: "at most 250 ms old"). */
const MAX_AGE_MS = 250;

export type AvailabilityCacheOptions = {
  readonly reader: AvailabilityReader;
  readonly layouts: LayoutSource;
  readonly clock: Clock;
  /** Milliseconds of a clock that never goes back. */
  readonly monotonicMs?: () => number;
  readonly maxEvents?: number;
};

type Entry = { readonly page: AvailabilityPage; readonly readAtMs: number };

/** Fast settings: a version lives for a fraction of a second on a busy event. */
const compress: { readonly [E in Encoding]: (bytes: Uint8Array) => Uint8Array } = {
  identity: (bytes) => bytes,
  gzip: (bytes) => gzipSync(bytes, { level: 4 }),
  br: (bytes) => brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } }),
};

const pageOf = (snapshot: AvailabilityPage['snapshot'], view: AvailabilityView): AvailabilityPage => {
  const made = new Map<Encoding, Uint8Array>();
  const body = (encoding: Encoding): Uint8Array => {
    const ready = made.get(encoding);
    if (ready !== undefined) return ready;
    const bytes =
      encoding === 'identity' ? Buffer.from(JSON.stringify(view)) : compress[encoding](body('identity'));
    made.set(encoding, bytes);
    return bytes;
  };
  return { snapshot, view, etag: availabilityEtag(snapshot), body };
};

/**
 * What this process remembers of availability: one read of Redis per event and 250 ms, however many ask, and one JSON body per
 * version, compressed once per encoding when first asked for. Bounded: the least recently asked events are forgotten.
 */
export const createAvailabilityCache = ({
  reader,
  layouts,
  clock,
  monotonicMs = () => performance.now(),
  maxEvents = 500,
}: AvailabilityCacheOptions): AvailabilityCache => {
  const entries = new LRUCache<string, Entry>({ max: maxEvents });
  const reading = new Map<EventId, Promise<AvailabilityPage | null>>();

  const read = async (eventId: EventId): Promise<AvailabilityPage | null> => {
    // Taken before Redis is asked: the answer cannot be older than this.
    const readAtMs = monotonicMs();
    const snapshot = await reader.read(eventId);
    if (snapshot === null) {
      entries.delete(eventId);
      return null;
    }
    const known = entries.peek(eventId)?.page;
    let page = known;
    if (page === undefined || page.etag !== availabilityEtag(snapshot)) {
      let { layout } = await layouts.get(eventId);
      if (layout.revision < snapshot.revision) layout = (await layouts.refresh(eventId)).layout;
      page = pageOf(snapshot, availabilityView(snapshot, layout, clock.now()));
    }
    entries.set(eventId, { page, readAtMs });
    return page;
  };

  const refresh = (eventId: EventId): Promise<AvailabilityPage | null> => {
    const started = reading.get(eventId);
    if (started !== undefined) return started;
    const one = read(eventId).finally(() => reading.delete(eventId));
    reading.set(eventId, one);
    return one;
  };

  const atHand = (eventId: string): AvailabilityPage | null => {
    const entry = entries.get(eventId);
    return entry !== undefined && monotonicMs() - entry.readAtMs < MAX_AGE_MS ? entry.page : null;
  };

  return { refresh, atHand, get: async (eventId) => atHand(eventId) ?? refresh(eventId) };
};
