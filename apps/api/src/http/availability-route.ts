import type { AvailabilityPage, Encoding } from '@eventhorizon/core/inventory/ports';
import { page as procedure } from '../router/availability/page.ts';
import { runnerOf } from '../trpc/runner-of.ts';
import { isKnown, weak } from './etag.ts';
import { type FlatHeaders, type HotAnswer, type HotRoute, JSON_TYPE } from './hot-frame.ts';
import type { HotRequest } from './hot-request.ts';

const PROCEDURE = 'availability.page';
const read = runnerOf(procedure, PROCEDURE);

/** What fits into one packet gains nothing by being compressed, and goes to the socket together with its head as text. */
const SMALL_BYTES = 1_024;

const VARY = 'accept-encoding, Origin';

/** gzip before brotli: it is made in a tenth of the time, and a version lives for a fraction of a second during a rush. */
const encodingFor = (accepted: string): Encoding => {
  const offers = accepted.split(',').map((part) => part.split(';', 1)[0]?.trim());
  if (offers.includes('gzip')) return 'gzip';
  return offers.includes('br') ? 'br' : 'identity';
};

/** What every answer of one version has in common. */
type Version = { readonly etag: string; readonly headers: FlatHeaders; readonly whole: HotAnswer | null };

const versionOf = (page: AvailabilityPage): Version => {
  const etag = weak(page.etag);
  const headers: FlatHeaders = ['etag', etag, 'cache-control', 'no-cache'];
  const plain = Buffer.from(page.body('identity'));
  if (plain.byteLength > SMALL_BYTES) return { etag, headers, whole: null };
  const whole = { status: 200, body: plain.toString(), headers: [...headers, ...JSON_TYPE], vary: VARY };
  return { etag, headers, whole };
};

/** Made once a version, and gone with it. */
const versions = new WeakMap<AvailabilityPage, Version>();

const answerOf = (page: AvailabilityPage, { header }: HotRequest): HotAnswer => {
  const version = versions.get(page) ?? versionOf(page);
  versions.set(page, version);
  const { etag, headers, whole } = version;
  if (isKnown(header('if-none-match'), etag)) return { status: 304, body: null, headers, vary: VARY };
  if (whole !== null) return whole;
  const encoding = encodingFor(header('accept-encoding') ?? '');
  return {
    status: 200,
    // A copy of the view, not of the bytes: fetch's types know no shared buffers.
    body: new Uint8Array(page.body(encoding)),
    headers: [...headers, ...JSON_TYPE, ...(encoding === 'identity' ? [] : ['content-encoding', encoding])],
    vary: VARY,
  };
};

/**
 * Availability past tRPC's protocol: bytes that were compressed once a version, and 304 for who has that version. It is for anybody, so that of a page
 * that is at hand there is nothing to ask the procedure.
 */
export const availabilityRoute: HotRoute = {
  method: 'GET',
  route: '/api/v1/events/:eventId/availability',
  atHand: ({ request, params: { eventId = '' } }, { availability, metrics }) => {
    const page = availability.atHand(eventId);
    if (page === null) return null;
    metrics.observeProcedure(PROCEDURE, 'ok', 0);
    return answerOf(page, request);
  },
  serve: async ({ ctx, request, params }) => answerOf(await read(ctx, async () => params), request),
};
