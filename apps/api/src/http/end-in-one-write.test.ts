import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { expect, it } from 'vitest';
import { endInOneWrite } from './end-in-one-write.ts';

/** What a server writes to two requests on one connection, but for the hour, and in how many pieces it handed it to the socket. */
const written = async (answer: (outgoing: ServerResponse) => void) => {
  let pieces = 0;
  const server = createServer((_incoming, outgoing) => {
    const { socket } = outgoing;
    const write = socket?.write;
    if (socket !== null && write !== undefined)
      // Of all its overloads the arguments go on as they come.
      socket.write = ((...args: Parameters<typeof write>) => {
        pieces += 1;
        return write.apply(socket, args);
      }) as typeof write;
    answer(outgoing);
  }).listen(0);
  await once(server, 'listening');
  const client = connect((server.address() as AddressInfo).port, '127.0.0.1');
  client.end('GET /1 HTTP/1.1\r\nhost: x\r\n\r\nGET /2 HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n');
  let bytes = '';
  client.setEncoding('latin1').on('data', (chunk: string) => {
    bytes += chunk;
  });
  await once(client, 'close');
  server.close();
  return { bytes: bytes.replace(/date: .*\r\n/gi, ''), pieces };
};

const answering = (body: string, end: (outgoing: ServerResponse, bytes: number) => void) => {
  const bytes = Buffer.byteLength(body);
  return written((outgoing) => {
    outgoing.writeHead(200, ['content-type', 'application/json', 'content-length', String(bytes)]);
    end(outgoing, bytes);
  });
};

it.each(['{"free":7}', '{"name":"Große Straße 🎭"}', ''])(
  'puts the same bytes on the wire as Node does, in fewer pieces: %s',
  async (body) => {
    const mine = await answering(body, (outgoing, bytes) => endInOneWrite(outgoing, body, bytes));
    const nodes = await answering(body, (outgoing) => void outgoing.end(body));
    expect(mine.bytes).toBe(nodes.bytes);
    expect(mine.bytes.match(/HTTP\/1\.1 200/g)).toHaveLength(2);
    if (/^[ -~]+$/.test(body)) expect(mine.pieces).toBeLessThan(nodes.pieces);
  },
);

it('goes the usual way where Node keeps its head elsewhere', async () => {
  const ended: string[] = [];
  const other = { end: (body: string) => ended.push(body) } as unknown as ServerResponse;
  endInOneWrite(other, 'x', 1);
  expect(ended).toEqual(['x']);
});
