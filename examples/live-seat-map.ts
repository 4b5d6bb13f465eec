/**
 * Draws an event's seats and follows what happens to them:  npx tsx examples/live-seat-map.ts [API] [event id]
 * `·` free, `h` held, `█` sold, `x` not for sale.
 */
import { createClient } from '@eventhorizon/client/create-client';

const [url = 'http://127.0.0.1:3000', wanted] = process.argv.slice(2);
const client = createClient({ url });
const { items } = await client.api.events.listPublic.query({});
const ids = wanted === undefined ? items.map(({ id }) => id) : [wanted];
const shows = await Promise.all(ids.map((eventId) => client.api.events.getPublic.query({ eventId })));
const event = shows.find((show) => show.event.seatMapId !== null)?.event;
if (event === undefined) throw new Error('nothing with seats is on sale');
const eventId = event.id;

type Page = Awaited<ReturnType<typeof client.api.events.listSeats.query>>;
type State = Parameters<Parameters<typeof client.live>[0]['onState']>[0];

/** A seat's index in the list is its place in the states: two bits each, the first seat highest in its byte. */
const rows = new Map<string, { x: number; index: number }[]>();
let index = 0;
for (let from: number | null = 0; from !== null; ) {
  const page: Page = await client.api.events.listSeats.query({ eventId, from });
  for (const { section, row, x } of page.seats) {
    const name = `${section} ${row}`;
    rows.set(name, [...(rows.get(name) ?? []), { x, index: index++ }]);
  }
  from = page.next;
}

const draw = ({ seats, pools, version, stale, ended }: State): void => {
  const mark = (seat: number) => '·h█x'[((seats[seat >> 2] ?? 0) >> (6 - 2 * (seat & 3))) & 3];
  const lines = [...rows].map(
    ([name, row]) =>
      `${name.padStart(24)}  ${row
        .toSorted((a, b) => a.x - b.x)
        .map((seat) => mark(seat.index))
        .join('')}`,
  );
  const counts = pools.map((one) => `${one.key}: ${one.free} free, ${one.held} held, ${one.taken} sold`);
  const note = `${stale ? ', may be old' : ''}${ended === null ? '' : `, over: ${ended}`}`;
  if (process.stdout.isTTY) console.clear();
  console.log([event.title, '', ...lines, '', ...counts, `version ${version}${note}`, ''].join('\n'));
};

// Connects again by itself and goes on where it was; with no news for long the server says so.
client.live({
  eventId,
  onState: draw,
  onEnd: (refusal) => refusal !== null && console.error(refusal.message),
  onTrouble: () => console.error('the stream broke off; connecting again'),
});
