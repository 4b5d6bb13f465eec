import { type ChildProcessByStdio, execFile, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { openSale } from '@eventhorizon/actors/open-sale';
import { createClient } from '@eventhorizon/client/create-client';
import { waitUntil } from '@eventhorizon/devstack/process/wait-until';
import { afterAll, describe, expect, test } from 'vitest';
import { newShopper } from './src/shopper.ts';
import { seatOf, smallHall } from './src/small-hall.ts';
import { testStack } from './src/test-stack.ts';

const example = (name: string): string => fileURLToPath(new URL(`../examples/${name}.ts`, import.meta.url));
const hall = { seatMap: smallHall, standing: 0, prices: { Stalls: 2500 } };

/** A program that runs until it is disposed, and what it has said. */
const running = (args: readonly string[]) => {
  const child: ChildProcessByStdio<null, Readable, Readable> = spawn(
    process.execPath,
    ['--import', 'tsx', ...args],
    {
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  let said = '';
  const listen = (chunk: Buffer): void => {
    said += chunk.toString();
  };
  child.stdout.on('data', listen);
  child.stderr.on('data', listen);
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  return {
    untilSaid: (what: string) =>
      waitUntil(async () => (said.includes(what) ? said : null), {
        what: `"${what}"`,
        timeoutMs: 60_000,
        failed: () => (child.exitCode === null ? null : said),
      }),
    [Symbol.asyncDispose]: async () => {
      child.kill();
      await ended;
    },
  };
};

describe('the examples', async () => {
  const stack = await testStack();
  afterAll(() => stack[Symbol.asyncDispose]());

  test.each(['buyer', 'live-seat-map'])('%s fits on a page', (name) => {
    expect(readFileSync(example(name), 'utf8').trimEnd().split('\n').length).toBeLessThanOrEqual(60);
  });

  test('the buyer ends with two tickets', async () => {
    const { eventId } = await openSale(stack.url, hall);
    const { api } = createClient({ url: stack.url });
    const listed = async () =>
      (await api.events.listPublic.query({})).items.some(({ id }) => id === eventId) ? true : null;
    await waitUntil(listed, { what: 'the event is listed', timeoutMs: 60_000 });
    const { stdout } = await promisify(execFile)(process.execPath, [
      '--import',
      'tsx',
      example('buyer'),
      stack.url,
      stack.sandboxUrl,
    ]);
    expect(stdout).toMatch(/^booked EVT-[A-Z0-9]{6}: 5000 \(minor units\) EUR, payment ready$/m);
    expect(stdout.match(/^Main, row .+, Guest [12]: EH1\..+$/gm)).toHaveLength(2);
  });

  test('the seat map shows a hold, and then the sale, as they happen', async () => {
    const sale = await openSale(stack.url, hall);
    const shopper = await newShopper(stack);
    await using map = running([example('live-seat-map'), stack.url, sale.eventId]);
    await map.untilSaid('Stalls: 8 free, 0 held, 0 sold');
    const hold = await shopper.hold(sale, { kind: 'seats', unitIds: [seatOf('A', 1), seatOf('A', 2)] });
    expect(await map.untilSaid('Stalls: 6 free, 2 held, 0 sold')).toContain('Main A  hh··\n');
    await shopper.pay(await shopper.checkOut(sale, hold));
    expect(await map.untilSaid('Stalls: 6 free, 0 held, 2 sold')).toContain('Main A  ██··\n');
  });
});
