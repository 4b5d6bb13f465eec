import { type Event, issuedPlaces, MAX_PLACES } from './event.ts';
import { policyFaults, refundPolicyIn } from './refund-policy.ts';

export type EventFault = { readonly path: string; readonly message: string };

/** What contradicts itself in an event, draft or not, with the path of the field. Empty: nothing. */
export const eventFaults = (event: Event): EventFault[] => {
  const faults: EventFault[] = [];
  const unless = (holds: boolean, path: string, message: string): void => {
    if (!holds) faults.push({ path, message });
  };
  const start = event.startsAt.at.getTime();
  const end = event.endsAt.at.getTime();
  unless(end > start, 'endsAt', 'must be after startsAt');
  if (event.doorsAt !== null)
    unless(event.doorsAt.at.getTime() <= start, 'doorsAt', 'must not be after startsAt');
  const salesEnd = event.salesEndAt?.getTime() ?? start;
  unless(salesEnd <= end, 'salesEndAt', 'must not be after endsAt');
  if (event.salesStartAt !== null)
    unless(
      event.salesStartAt.getTime() < salesEnd,
      'salesStartAt',
      event.salesEndAt === null ? 'must be before startsAt, when the sale ends' : 'must be before salesEndAt',
    );

  if (event.waitingRoom !== null) {
    const opens = event.waitingRoom.opensAt.at.getTime();
    unless(opens < salesEnd, 'waitingRoom.opensAt', 'must be before the sale ends');
    // Turns would pass in which nothing may be held yet.
    unless(
      opens >= (event.salesStartAt?.getTime() ?? opens),
      'waitingRoom.opensAt',
      'must not be before salesStartAt',
    );
  }

  const keys = event.priceCategories.map(({ key }) => key);
  const isKey = (key: string): boolean => keys.includes(key);
  const once = (values: readonly string[], pathOf: (index: number) => string): void => {
    const seen = new Set<string>();
    for (const [index, value] of values.entries()) {
      unless(!seen.has(value), pathOf(index), 'is there twice');
      seen.add(value);
    }
  };
  once(keys, (i) => `priceCategories[${i}].key`);
  once(
    event.areas.map(({ id }) => id),
    (i) => `areas[${i}].id`,
  );
  once(
    event.areas.map(({ name }) => name),
    (i) => `areas[${i}].name`,
  );
  for (const [i, area] of event.areas.entries())
    unless(isKey(area.priceCategory), `areas[${i}].priceCategory`, 'is not one of priceCategories');
  once(
    event.ticketTypes.map(({ id }) => id),
    (i) => `ticketTypes[${i}].id`,
  );
  once(
    event.ticketTypes.map(({ name }) => name),
    (i) => `ticketTypes[${i}].name`,
  );
  for (const [i, type] of event.ticketTypes.entries())
    for (const key of Object.keys(type.prices))
      unless(isKey(key), `ticketTypes[${i}].prices.${key}`, 'is not one of priceCategories');
  faults.push(...policyFaults(refundPolicyIn(event), new Set(event.ticketTypes.map(({ id }) => id))));
  const places = event.areas.reduce((sum, area) => sum + issuedPlaces(area), 0);
  unless(places <= MAX_PLACES, 'areas', `have ${places} places together; at most ${MAX_PLACES} are possible`);
  return faults;
};
