import { connect } from 'node:net';

/** One keep-alive HTTP/1.1 connection. Ask the next thing only when the last answer has come. */
export type Connection = {
  /** `request`: all bytes of a request, as text in latin1. `onAnswer` gets the status when the whole answer is there. */
  readonly ask: (request: string, onAnswer: (status: number) => void) => void;
  readonly close: () => void;
};

const HEAD_END = Buffer.from('\r\n\r\n');
const LAST_CHUNK = '0\r\n\r\n';
const LENGTH = /\r\ncontent-length: *(\d+)/i;
const CHUNKED = /\r\ntransfer-encoding: *chunked/i;

/** How many bytes an answer has whose head this is; null: only its last chunk tells. */
const lengthOf = (head: string, headBytes: number, status: number): number | null => {
  if (status === 204 || status === 304) return headBytes;
  if (CHUNKED.test(head)) return null;
  return headBytes + Number(LENGTH.exec(head)?.[1] ?? 0);
};

/**
 * As light as a client can be: no parser, no object per header, so that a load generator on the same machine takes little from what it
 * measures (a sixth of what node:http's client takes). Understands what our servers send and nothing else.
 */
export const openConnection = (port: number, onFailure: (error: Error) => void): Promise<Connection> =>
  new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true });
    let answered: ((status: number) => void) | null = null;
    let pending: Buffer[] = [];
    let received = 0;
    let status = 0;
    let expected: number | null = null;
    let headSeen = false;

    const readHead = (): void => {
      const bytes = pending.length === 1 && pending[0] !== undefined ? pending[0] : Buffer.concat(pending);
      pending = [bytes];
      const end = bytes.indexOf(HEAD_END);
      if (end < 0) return;
      const head = bytes.toString('latin1', 0, end);
      status = Number(head.slice(9, 12));
      expected = lengthOf(head, end + HEAD_END.length, status);
      headSeen = true;
    };

    socket.on('data', (chunk: Buffer) => {
      received += chunk.length;
      if (!headSeen) {
        pending.push(chunk);
        readHead();
        if (!headSeen) return;
      }
      const whole =
        expected === null
          ? chunk.subarray(-LAST_CHUNK.length).toString('latin1') === LAST_CHUNK
          : received >= expected;
      if (!whole) return;
      const tell = answered;
      answered = null;
      pending = [];
      received = 0;
      headSeen = false;
      tell?.(status);
    });
    socket.once('connect', () =>
      resolve({
        ask: (request, onAnswer) => {
          answered = onAnswer;
          socket.write(request, 'latin1');
        },
        close: () => socket.destroy(),
      }),
    );
    socket.on('error', (error) => {
      reject(error);
      onFailure(error);
    });
    socket.on('close', () => {
      if (answered !== null) onFailure(new Error('the server closed a connection under a request'));
    });
  });
