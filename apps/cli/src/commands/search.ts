import { exponentOf } from '@eventhorizon/core/shared/money';
import type { CommandContext } from '../command-context.ts';
import { parseAmount } from '../parse-amount.ts';
import { renderTable } from '../render-table.ts';
import { UsageError } from '../usage-error.ts';

type ListPublic = ReturnType<CommandContext['anonymous']>['api']['events']['listPublic']['query'];
type Input = Parameters<ListPublic>[0];
type Found = Awaited<ReturnType<ListPublic>>['items'][number];

export type SearchOptions = {
  readonly from?: string;
  readonly to?: string;
  readonly city?: string;
  readonly country?: string;
  readonly near?: string;
  readonly radius?: number;
  readonly category?: string;
  readonly tag?: string[];
  readonly organizer?: string;
  readonly currency?: string;
  readonly minPrice?: string;
  readonly maxPrice?: string;
  readonly available?: true;
  readonly sort?: NonNullable<Input>['sort'];
  readonly limit: number;
  readonly cursor?: string;
};

/** What is on sale, for everybody: nobody need be logged in. */
export const search = async (
  context: CommandContext,
  words: readonly string[],
  options: SearchOptions,
): Promise<void> => {
  const found = await context.anonymous().api.events.listPublic.query(inputOf(words, options));
  context.print(found, () => {
    if (found.items.length === 0) return 'Nothing found.\n';
    const near = options.near !== undefined;
    const heading = ['id', 'title', 'starts', 'where', 'price', 'left', ...(near ? ['distance'] : [])];
    const rows = found.items.map((item) => [...cellsOf(item), ...(near ? [distanceOf(item)] : [])]);
    const more = found.nextCursor === null ? '' : `More: --cursor ${found.nextCursor}\n`;
    return renderTable(context.io, heading, rows) + more;
  });
};

const inputOf = (words: readonly string[], options: SearchOptions): Input => {
  const { from, to, city, country, category, sort, limit, cursor } = options;
  const text = words.join(' ');
  return {
    ...(text !== '' && { text }),
    from,
    to,
    city,
    country,
    category,
    tags: options.tag,
    organizationId: options.organizer,
    near: nearOf(options),
    price: priceOf(options),
    availableOnly: options.available,
    sort,
    limit,
    cursor,
  };
};

const nearOf = ({ near, radius }: SearchOptions) => {
  if (near === undefined) {
    if (radius !== undefined) throw new UsageError('--radius needs a point: --near 51.34,12.37');
    return undefined;
  }
  const [latitude, longitude, ...rest] = near
    .split(',')
    .map((part) => (part.trim() === '' ? Number.NaN : Number(part)));
  if (
    latitude === undefined ||
    longitude === undefined ||
    rest.length > 0 ||
    Number.isNaN(latitude + longitude)
  )
    throw new UsageError('--near takes latitude,longitude in degrees, for example 51.34,12.37');
  return { latitude, longitude, radiusKm: radius };
};

const priceOf = ({ currency, minPrice, maxPrice }: SearchOptions) => {
  if (currency === undefined) {
    if (minPrice === undefined && maxPrice === undefined) return undefined;
    throw new UsageError('A price needs its currency: --currency EUR');
  }
  const code = currency.toUpperCase();
  return { currency: code, min: minorUnits(minPrice, code), max: minorUnits(maxPrice, code) };
};

const minorUnits = (text: string | undefined, currency: string): number | undefined =>
  text === undefined ? undefined : parseAmount(text, currency).amount;

const cellsOf = ({ id, title, startsAt, venue, price, availability }: Found): string[] => [
  id,
  title,
  // As read off the wall at the venue; a zone beside each would make the table too wide for a window.
  startsAt.local.replace('T', ' '),
  `${venue.name}, ${venue.city}`,
  priceText(price),
  availability.free === 0 ? 'sold out' : `${availability.free} of ${availability.capacity}`,
];

const priceText = ({ from, to, currency }: Found['price']): string => {
  if (to === 0) return 'free';
  const amount = (minor: number): string =>
    (minor / 10 ** exponentOf(currency)).toFixed(exponentOf(currency));
  return `${from === to ? amount(from) : `${amount(from)} to ${amount(to)}`} ${currency}`;
};

const distanceOf = ({ distanceMetres }: Found): string =>
  distanceMetres === null ? '' : `${(distanceMetres / 1_000).toFixed(1)} km`;
