import { DomainError } from '../shared/errors.ts';
import type { IdSource } from '../shared/ids.ts';
import { instantOf, type WallTime } from '../shared/wall-time.ts';
import {
  type Area,
  type Event,
  type EventTime,
  issuedPlaces,
  type TicketType,
  type WaitingRoom,
} from './event.ts';
import type { EventFields } from './event-input.ts';
import { refundPolicyOf } from './refund-policy.ts';
import { renderDescription } from './render-description.ts';

/** The instant beside the wall time. The input schema has refused times that do not exist. */
export const eventTime = ({ local, zone }: WallTime): EventTime => {
  const at = instantOf({ local, zone });
  if (at === null) throw new RangeError(`no such time: ${local} ${zone}`);
  return { local, zone, at };
};

/** Of a description that the input schema let through. */
export const htmlOf = (description: string): string => {
  const html = renderDescription(description);
  if (html === null) throw new RangeError('this description cannot be rendered');
  return html;
};

const known = <T extends { id: string }>(items: readonly T[], id: string, thing: string): T => {
  const found = items.find((item) => item.id === id);
  if (found === undefined) throw new DomainError('thing.not_found', { thing });
  return found;
};

/** A raised area gets new numbers behind all that were ever given; `issued` is kept only while it says more than `capacity`. */
export const resized = (area: Area, capacity: number): Area => {
  const { issued: _issued, ...rest } = area;
  const retired = issuedPlaces(area) - area.capacity;
  if (retired === 0) return { ...rest, capacity };
  const issued = capacity > area.capacity ? capacity + retired : issuedPlaces(area);
  return { ...rest, capacity, issued };
};

export const areasOf = (before: readonly Area[], wanted: EventFields['areas'], ids: IdSource): Area[] =>
  wanted.map(({ id, ...fields }) =>
    id === undefined
      ? { id: ids.next('are'), ...fields }
      : {
          ...resized(known(before, id, 'area'), fields.capacity),
          name: fields.name,
          priceCategory: fields.priceCategory,
        },
  );

export const ticketTypesOf = (
  before: readonly TicketType[],
  wanted: EventFields['ticketTypes'],
  ids: IdSource,
): TicketType[] =>
  wanted.map(({ id, ...fields }) => ({
    id: id === undefined ? ids.next('tty') : known(before, id, 'ticket type').id,
    ...fields,
  }));

/** The same settings again leave the room as it is, opened or not; others make a new one, which has not opened. */
export const waitingRoomOf = (
  before: WaitingRoom | null,
  wanted: EventFields['waitingRoom'],
): WaitingRoom | null => {
  if (wanted === null) return null;
  const { opensAt, turnsPerMinute, turnMs } = wanted;
  const isSame =
    before !== null &&
    before.opensAt.local === opensAt.local &&
    before.opensAt.zone === opensAt.zone &&
    before.turnsPerMinute === turnsPerMinute &&
    before.turnMs === turnMs;
  if (isSame) return before;
  return { opensAt: eventTime(opensAt), turnsPerMinute, turnMs, opening: null, pace: [] };
};

/** The fields of a change as the event stores them: instants beside wall times, HTML beside Markdown, ids. Absent stays absent. */
export const builtChanges = (changes: Partial<EventFields>, before: Event, ids: IdSource): Partial<Event> => {
  const { areas, ticketTypes, startsAt, endsAt, doorsAt, waitingRoom, refundPolicy, ...plain } = changes;
  const types =
    ticketTypes === undefined ? before.ticketTypes : ticketTypesOf(before.ticketTypes, ticketTypes, ids);
  const said = Object.fromEntries(Object.entries(plain).filter(([, value]) => value !== undefined));
  return {
    ...said,
    ...(changes.description !== undefined && { descriptionHtml: htmlOf(changes.description) }),
    ...(areas !== undefined && { areas: areasOf(before.areas, areas, ids) }),
    ...(ticketTypes !== undefined && { ticketTypes: types }),
    ...(startsAt !== undefined && { startsAt: eventTime(startsAt) }),
    ...(endsAt !== undefined && { endsAt: eventTime(endsAt) }),
    ...(doorsAt !== undefined && { doorsAt: doorsAt === null ? null : eventTime(doorsAt) }),
    ...(refundPolicy !== undefined && { refundPolicy: refundPolicyOf(refundPolicy, types) }),
    ...(waitingRoom !== undefined && { waitingRoom: waitingRoomOf(before.waitingRoom, waitingRoom) }),
  };
};
