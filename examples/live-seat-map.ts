/**
 * Draws an event's seats and follows what happens to them:  npx tsx examples/live-seat-map.ts [API] [event id]
 * `·` free, `h` held, `█` sold, `x` not for sale.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { createClient } from '@eventhorizon/client/create-client';

const [url = 'http://127.0.0.1:3000', wanted] = process.argv.slice(2);
const client = createClient({ url });
const { items } = await client.api.events.listPublic.query({});
const event = items.find(({ id, seatMapId }) => (wanted === undefined ? seatMapId !== null : id === wanted));
if (event === undefined) throw new Error('no such event is on sale');
const eventId = event.id;

type Page = Awaited<ReturnType<typeof client.api.events.listSeats.query>>;
type View = Awaited<ReturnType<typeof client.api.availability.get.query>>;

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

const draw = ({ seats: states, pools, version }: View): void => {
  const bytes = Buffer.from(states, 'base64');
  const mark = (seat: number) => '·h█x'[((bytes[seat >> 2] ?? 0) >> (6 - 2 * (seat & 3))) & 3];
  const lines = [...rows].map(
    ([name, row]) =>
      `${name.padStart(24)}  ${row
        .toSorted((a, b) => a.x - b.x)
        .map((seat) => mark(seat.index))
        .join('')}`,
  );
  const counts = pools.map(
    ({ key, free, held, taken }) => `${key}: ${free} free, ${held} held, ${taken} sold`,
  );
  if (process.stdout.isTTY) console.clear();
  console.log([event.title, '', ...lines, '', ...counts, `version ${version}`, ''].join('\n'));
};

// An answer of 304 has no body and costs the API next to nothing: who asks already has this version.
for (let etag = ''; ; await pause(250)) {
  const answer = await client.fetch(`${url}/api/v1/events/${eventId}/availability`, {
    headers: { 'if-none-match': etag },
  });
  if (answer.status === 304) continue;
  if (!answer.ok) throw new Error(`the API answered ${answer.status}: ${await answer.text()}`);
  etag = answer.headers.get('etag') ?? '';
  draw((await answer.json()) as View);
}
