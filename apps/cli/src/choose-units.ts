import type { Client } from '@eventhorizon/client/create-client';
import { UsageError } from './usage-error.ts';

type Event = Awaited<ReturnType<Client['api']['events']['get']['query']>>;

export type UnitOptions = {
  readonly category?: string;
  readonly area?: string;
  readonly seat?: readonly string[];
  readonly quantity: number;
};

/** The thing of this id, or of the name that people see. */
export const named = <T extends { readonly name: string }>(
  what: string,
  things: readonly T[],
  text: string,
  idOf: (thing: T) => string,
): T => {
  const found = things.find((one) => idOf(one) === text || one.name.toLowerCase() === text.toLowerCase());
  if (found !== undefined) return found;
  const known = things.map(({ name }) => name).join(', ');
  throw new UsageError(`There is no ${what} ${text}. There are: ${known}.`);
};

/** Unit ids of seats that are named `section/row/seat`. */
const findSeats = async (client: Client, eventId: string, names: readonly string[]): Promise<string[]> => {
  const wanted = new Map(names.map((name) => [name.toLowerCase(), name]));
  const unitIds = names.filter((name) => name.startsWith('s:'));
  for (const unitId of unitIds) wanted.delete(unitId.toLowerCase());
  let from: number | null = 0;
  while (from !== null && wanted.size > 0) {
    const page: Awaited<ReturnType<Client['api']['events']['listSeats']['query']>> =
      await client.api.events.listSeats.query({ eventId, from, limit: 10_000 });
    for (const { section, row, number, unitId } of page.seats)
      if (wanted.delete([section, row, number].join('/').toLowerCase())) unitIds.push(unitId);
    from = page.next;
  }
  const [missing] = wanted.values();
  if (missing !== undefined)
    throw new UsageError(`There is no seat ${missing}. Write section/row/seat, or a unit id.`);
  return unitIds;
};

/** What to hold: named seats, places of an area, or the best of a price category. */
export const chooseUnits = async (
  client: Client,
  event: Event,
  { category, area, seat = [], quantity }: UnitOptions,
) => {
  if ([category, area, seat[0]].filter((one) => one !== undefined).length !== 1)
    throw new UsageError(
      'Say what is sold with one of --seat <section/row/seat>, --area <name>, --category <name>.',
    );
  if (area !== undefined)
    return { kind: 'places' as const, areaId: named('area', event.areas, area, ({ id }) => id).id, quantity };
  if (category !== undefined) {
    const { key } = named('price category', event.priceCategories, category, (one) => one.key);
    return { kind: 'best' as const, priceCategory: key, quantity };
  }
  return { kind: 'seats' as const, unitIds: await findSeats(client, event.id, seat) };
};
