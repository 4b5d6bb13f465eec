import { mkdtempSync, rmSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { newHoldId } from '@eventhorizon/actors/new-hold-id';
import { openSale } from '@eventhorizon/actors/open-sale';
import { createClient } from '@eventhorizon/client/create-client';
import { say, step } from '@eventhorizon/devstack/say';
import { freePorts } from '@eventhorizon/stack/apps/ports';
import { startStack } from '@eventhorizon/stack/start-stack';
import Table from 'cli-table3';
import { liveListeners } from './live-listeners.ts';
import { type Measurement, measure } from './measure.ts';

const LANES = 50;
const LOAD = { lanes: LANES, forMs: 5_000 };
/** More than all lanes can hold in the time, so that it never sells out. */
const PLACES = 100_000;

type Call = {
  readonly method: string;
  readonly path: string;
  readonly visitor?: string;
  readonly body?: unknown;
};

/** Plain node:http: a lighter load generator leaves more of the machine to what is measured. */
const caller = (url: string) => {
  const agent = new Agent({ keepAlive: true, maxSockets: LANES });
  return ({ method, path, visitor, body }: Call): Promise<number> =>
    new Promise((resolve, reject) => {
      const headers = {
        'content-type': 'application/json',
        ...(visitor === undefined ? {} : { 'x-visitor': visitor }),
      };
      const sent = request(`${url}${path}`, { method, agent, headers }, (answer) => {
        answer.resume();
        answer.once('end', () => resolve(answer.statusCode ?? 0));
      });
      sent.once('error', reject);
      sent.end(body === undefined ? undefined : JSON.stringify(body));
    });
};

const tableOf = (measurements: readonly Measurement[]): string => {
  const table = new Table({
    style: { head: [], border: [] },
    head: ['what', 'per second', 'p50 ms', 'p99 ms', 'answers'],
    colAligns: ['left', 'right', 'right', 'right', 'left'],
  });
  for (const { name, perSecond, p50, p99, outcomes } of measurements) {
    const answers = Object.entries(outcomes).map(([outcome, count]) => `${outcome}: ${count}`);
    table.push([name, Math.round(perSecond), p50.toFixed(1), p99.toFixed(1), answers.join(', ')]);
  }
  return table.toString();
};

/** The hot path over HTTP on servers of its own. Figures are of this machine, load generator included: use the ratios. */
export const main = async (): Promise<number> => {
  const dataDir = mkdtempSync(`${tmpdir()}/eventhorizon-bench-`);
  try {
    const ports = await freePorts();
    await using stack = await startStack({
      dataDir,
      ports,
      serverEnv: {},
      env: { LOG_LEVEL: 'warn' },
    });
    const { eventId, areaId } = await openSale(stack.apiUrl, {
      seatMap: null,
      standing: PLACES,
      prices: { floor: 4500 },
      event: { maxPerBooking: 1, maxPerPerson: 1 },
    });
    const visitors = await Promise.all(
      Array.from({ length: LANES }, () => createClient({ url: stack.apiUrl }).becomeVisitor()),
    );
    const call = caller(stack.apiUrl);
    const event = `/api/v1/events/${eventId}`;
    const place = (lane: number, holdId: string) => {
      const selections = [{ kind: 'places', areaId, quantity: 1 }];
      return call({
        method: 'POST',
        path: `${event}/holds`,
        visitor: visitors[lane] ?? '',
        body: { holdId, selections },
      });
    };
    const measurements = [
      await step('availability', () =>
        measure(
          'availability',
          LOAD,
          async () => `HTTP ${await call({ method: 'GET', path: `${event}/availability` })}`,
        ),
      ),
      await step('hold and release', () =>
        measure('hold + release', LOAD, async (lane) => {
          const holdId = newHoldId();
          const placed = await place(lane, holdId);
          const path = `${event}/holds/${holdId}`;
          const released = await call({ method: 'DELETE', path, visitor: visitors[lane] ?? '' });
          return `HTTP ${placed}/${released}`;
        }),
      ),
      await step('holds refused over the limit per person', async () => {
        await Promise.all(visitors.map((_, lane) => place(lane, newHoldId())));
        return measure('hold, refused', LOAD, async (lane) => `HTTP ${await place(lane, newHoldId())}`);
      }),
      ...(await step('live seats', () =>
        liveListeners({ apiUrl: stack.apiUrl, internalUrl: `http://127.0.0.1:${ports.apiInternal}` }),
      )),
    ];
    say(`\n${LANES} connections, ${LOAD.forMs / 1_000} s each:`);
    process.stdout.write(`${tableOf(measurements)}\n`);
    return 0;
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
};
