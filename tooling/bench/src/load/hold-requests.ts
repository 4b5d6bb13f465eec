import { randomBytes } from 'node:crypto';
import { type HttpRequest, httpRequest } from './http-request.ts';

/** Whose hold it is, for the release. */
export type PlacedHold = { readonly holdId: string; readonly visitor: string };

const run = `01${randomBytes(8).toString('hex')}`;
let minted = 0;

/** Of the shape of a ULID and unique, but made in a tenth of its time. */
export const quickHoldId = (): string => {
  minted += 1;
  return `hld_${run}${String(minted).padStart(8, '0')}`;
};

/** How each protocol puts a hold and its end. `{}`: a ceiling, which takes the same bytes and does nothing. */
export type HoldProtocol = {
  readonly place: (hold: PlacedHold, selections: string) => string;
  readonly release: (hold: PlacedHold) => string;
};

export const plainProtocol = (eventId: string): HoldProtocol => ({
  place: ({ holdId, visitor }, selections) =>
    httpRequest({
      method: 'POST',
      path: `/api/v1/events/${eventId}/holds`,
      visitor,
      body: `{"holdId":"${holdId}","selections":${selections}}`,
    }),
  release: ({ holdId, visitor }) =>
    httpRequest({ method: 'DELETE', path: `/api/v1/events/${eventId}/holds/${holdId}`, visitor }),
});

const post = (path: string, visitor: string, body: string): HttpRequest => ({
  method: 'POST',
  path,
  visitor,
  body,
});

export const trpcProtocol = (eventId: string): HoldProtocol => ({
  place: ({ holdId, visitor }, selections) =>
    httpRequest(
      post(
        '/trpc/holds.place',
        visitor,
        `{"eventId":"${eventId}","holdId":"${holdId}","selections":${selections}}`,
      ),
    ),
  release: ({ holdId, visitor }) =>
    httpRequest(post('/trpc/holds.release', visitor, `{"eventId":"${eventId}","holdId":"${holdId}"}`)),
});

/** The bytes of a hold, sent to a ceiling. */
export const ceilingRequest = (path: string, eventId: string, visitor: string, selections: string): string =>
  httpRequest(
    post(path, visitor, `{"eventId":"${eventId}","holdId":"${quickHoldId()}","selections":${selections}}`),
  );

export const places = (areaId: string, quantity = 1): string =>
  `[{"kind":"places","areaId":"${areaId}","quantity":${quantity}}]`;
