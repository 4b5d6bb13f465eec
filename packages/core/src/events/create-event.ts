import type { z } from 'zod';
import type { Clock } from '../shared/clock.ts';
import { DomainError } from '../shared/errors.ts';
import { type IdSource, idSchema } from '../shared/ids.ts';
import { areasOf, eventTime, htmlOf, ticketTypesOf, waitingRoomOf } from './build-event.ts';
import { checkPlace, type PlaceDeps } from './check-place.ts';
import { DEFAULT_HOLD_TTL_MS, DEFAULT_MAX_PER_BOOKING, type Event } from './event.ts';
import { eventFaults } from './event-faults.ts';
import { eventFieldsSchema } from './event-input.ts';
import type { EventStore } from './ports.ts';
import { NO_REFUNDS, refundPolicyOf } from './refund-policy.ts';
import { DEFAULT_TRANSFERS } from './transfer-setting.ts';
import { DEFAULT_WAITLIST } from './waitlist-settings.ts';

const fields = eventFieldsSchema.shape;

/** A draft needs a title, its times, a venue and a currency; the rest can follow. */
export const createEventInput = eventFieldsSchema.extend({
  organizationId: idSchema('org'),
  description: fields.description.default(''),
  terms: fields.terms.default(''),
  refundPolicy: fields.refundPolicy.default({ ...NO_REFUNDS, steps: [], exceptions: [] }),
  category: fields.category.default('other'),
  tags: fields.tags.default([]),
  imageUrl: fields.imageUrl.default(null),
  doorsAt: fields.doorsAt.default(null),
  seatMapId: fields.seatMapId.default(null),
  priceCategories: fields.priceCategories.default([]),
  areas: fields.areas.default([]),
  ticketTypes: fields.ticketTypes.default([]),
  salesStartAt: fields.salesStartAt.default(null),
  salesEndAt: fields.salesEndAt.default(null),
  maxPerBooking: fields.maxPerBooking.default(DEFAULT_MAX_PER_BOOKING),
  /** As many as one booking may have, when absent. */
  maxPerPerson: fields.maxPerPerson.optional(),
  holdTtlMs: fields.holdTtlMs.default(DEFAULT_HOLD_TTL_MS),
  transfers: fields.transfers.default(DEFAULT_TRANSFERS),
  waitingRoom: fields.waitingRoom.default(null),
  waitlist: fields.waitlist.default(DEFAULT_WAITLIST),
});
export type CreateEvent = z.output<typeof createEventInput>;

type Deps = PlaceDeps & { readonly events: EventStore; readonly clock: Clock; readonly ids: IdSource };

/** Makes a draft. Throws `input.invalid` for what contradicts itself, `thing.not_found` for a foreign venue or seat map. */
export const createEvent = async (deps: Deps, command: CreateEvent): Promise<Event> => {
  await checkPlace(deps, command);
  const now = deps.clock.now();
  const ticketTypes = ticketTypesOf([], command.ticketTypes, deps.ids);
  const event: Event = {
    id: deps.ids.next('evt'),
    status: 'draft',
    ...command,
    descriptionHtml: htmlOf(command.description),
    areas: areasOf([], command.areas, deps.ids),
    ticketTypes,
    refundPolicy: refundPolicyOf(command.refundPolicy, ticketTypes),
    startsAt: eventTime(command.startsAt),
    endsAt: eventTime(command.endsAt),
    doorsAt: command.doorsAt === null ? null : eventTime(command.doorsAt),
    waitingRoom: waitingRoomOf(null, command.waitingRoom),
    maxPerPerson: command.maxPerPerson ?? command.maxPerBooking,
    publishAt: null,
    publishedAt: null,
    frozenUntil: null,
    revision: 1,
    createdAt: now,
    updatedAt: now,
  };
  const issues = eventFaults(event);
  if (issues.length > 0) throw new DomainError('input.invalid', { issues });
  await deps.events.insert(event);
  return event;
};
