import { connect, createServer, type Socket } from 'node:net';

export type TcpProxy = AsyncDisposable & {
  readonly port: number;
  /** `open`: passes bytes on. `cut`: breaks every connection, now and later. `mute`: takes connections and passes nothing on. */
  readonly become: (state: 'open' | 'cut' | 'mute') => void;
};

/** Stands before a server, so that a test can take the server away and bring it back. */
export const tcpProxy = async (
  target: { readonly host: string; readonly port: number },
  initial: 'open' | 'cut' = 'open',
): Promise<TcpProxy> => {
  let state: 'open' | 'cut' | 'mute' = initial;
  const sockets = new Set<Socket>();
  const keep = (socket: Socket): void => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => sockets.delete(socket));
  };
  const server = createServer((near) => {
    keep(near);
    if (state === 'cut') {
      near.destroy();
      return;
    }
    const far = connect(target);
    keep(far);
    near.on('data', (bytes) => state === 'open' && far.write(bytes));
    far.on('data', (bytes) => state === 'open' && near.write(bytes));
    near.on('close', () => far.destroy());
    far.on('close', () => near.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the proxy has no port');
  const drop = () => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    port: address.port,
    become: (next) => {
      state = next;
      // What went on while mute was lost, so such connections are of no use to anybody.
      if (next !== 'mute') drop();
    },
    [Symbol.asyncDispose]: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      drop();
      await closed;
    },
  };
};
