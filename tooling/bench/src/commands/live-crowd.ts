import { connect } from 'node:net';
import { performance } from 'node:perf_hooks';
import type { Arrivals, CrowdMessage, CrowdOrder } from '../live-crowd-messages.ts';

/** Connections opened at once; more would be a test of the backlog of `listen`. */
const WAVE = 100;

const [, , text = '{}'] = process.argv;
const { port, path, listeners, addresses } = JSON.parse(text) as CrowdOrder;
const tell = (message: CrowdMessage, then: () => void = () => undefined): void =>
  void process.send?.(message, then);

const deltas = new Map<string, { held: number; at: number[] }>();
let [opened, lost, snapshots] = [0, 0, 0];

/** Everything but the first bytes of a message is left unread: the crowd shares the machine with what is measured. */
const hear = (block: string): void => {
  const id = /^id: (\S+)$/m.exec(block)?.[1];
  if (id === undefined) return;
  if (!block.includes('"kind":"delta"')) {
    snapshots += 1;
    return;
  }
  let known = deltas.get(id);
  if (known === undefined) {
    const [, held = '0'] = /"pools":\[\[\d+,\d+,(\d+)/.exec(block) ?? [];
    known = { held: Number(held), at: [] };
    deltas.set(id, known);
  }
  known.at.push(performance.timeOrigin + performance.now());
};

/** One raw socket that listens. Resolves with its first message, which is a snapshot. */
const open = (n: number): Promise<void> =>
  new Promise((resolve, reject) => {
    // All of 127/8 is this machine: a crowd has many addresses, and each has a limit.
    const localAddress = `127.0.1.${1 + (n % addresses)}`;
    const socket = connect({ port, host: '127.0.0.1', localAddress });
    let rest = '';
    let first = true;
    socket.setEncoding('latin1');
    socket.write(`GET ${path} HTTP/1.1\r\nhost: bench\r\naccept: text/event-stream\r\n\r\n`);
    socket.on('data', (chunk: string) => {
      const blocks = (rest + chunk).split('\n\n');
      rest = blocks.pop() ?? '';
      for (const block of blocks) hear(block);
      if (!first || snapshots === 0 || !blocks.some((block) => block.startsWith('id: '))) return;
      first = false;
      opened += 1;
      resolve();
    });
    socket.once('error', reject);
    socket.once('close', () => {
      lost += 1;
      if (first) reject(new Error(`refused: ${rest.slice(0, 300)}`));
    });
  });

process.on('message', () => {
  const heard = [...deltas.values()].map(({ held, at }): Arrivals => ({ held, at }));
  // Megabytes: gone only when they are written.
  tell({ kind: 'report', deltas: heard, snapshots, lost }, () => process.exit(0));
});
// The bench is gone.
process.on('disconnect', () => process.exit(0));

for (let n = 0; n < listeners; n += WAVE)
  await Promise.all(Array.from({ length: Math.min(WAVE, listeners - n) }, (_, i) => open(n + i)));
tell({ kind: 'ready', opened });
