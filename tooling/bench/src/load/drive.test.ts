import { createServer, type RequestListener } from 'node:http';
import { expect, test } from 'vitest';
import { createDriver } from './drive.ts';
import { httpRequest } from './http-request.ts';

const serve = async (answer: RequestListener) => {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('no port');
  return {
    port: address.port,
    [Symbol.dispose]: () => {
      server.closeAllConnections();
      server.close();
    },
  };
};

/** Asks each lane for `times` requests. */
const asked = (path: string, times: number) => {
  const left = [times, times, times];
  return (lane: number) => {
    const more = left[lane] ?? 0;
    left[lane] = more - 1;
    return more > 0 ? { request: httpRequest({ method: 'POST', path, body: '{"a":1}' }) } : null;
  };
};

test('every answer is counted by its status, whether its length is declared, told by chunks, or nothing', async () => {
  using server = await serve((request, response) => {
    request.resume();
    if (request.url === '/chunks') {
      response.write('x'.repeat(100_000));
      setImmediate(() => response.end('0\r\n'));
    } else if (request.url === '/nothing') response.writeHead(204).end();
    else response.writeHead(409).end('taken '.repeat(50_000));
  });
  const driver = await createDriver(server.port, 3);
  for (const [path, status] of [
    ['/chunks', 200],
    ['/nothing', 204],
    ['/length', 409],
  ] as const) {
    const { answers, durations } = await driver.drive(60_000, asked(path, 4));
    expect([answers, durations.length]).toEqual([{ [`HTTP ${status}`]: 12 }, 12]);
  }
  driver.close();
});

test('a connection that breaks under a request ends the measurement', async () => {
  using server = await serve((request) => request.socket.destroy());
  const driver = await createDriver(server.port, 3);
  await expect(driver.drive(60_000, asked('/', 1))).rejects.toThrow(/closed a connection|ECONNRESET/);
});
