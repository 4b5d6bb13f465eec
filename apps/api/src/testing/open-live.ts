import { get, type IncomingHttpHeaders } from 'node:http';

export type LiveEvent = { readonly event: string; readonly data: string; readonly id: string | null };

export type LiveStream = AsyncDisposable & {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** All that has come, as it came. */
  readonly text: () => string;
  /** The next event of this name; `message` has none of its own. Rejects when the stream ends before. */
  readonly next: (event: string) => Promise<LiveEvent>;
  /** Resolves when the other side has ended it. */
  readonly ended: Promise<void>;
};

const parse = (block: string): LiveEvent => {
  const fields = new Map<string, string>();
  for (const line of block.split('\n')) {
    const [, name = '', value = ''] = /^(\w*): ?(.*)$/.exec(line) ?? [];
    fields.set(name, value);
  }
  return {
    event: fields.get('event') ?? 'message',
    data: fields.get('data') ?? '',
    id: fields.get('id') ?? null,
  };
};

/** Reads a stream of server-sent events as it was sent: no client's reconnecting comes between. */
export const openLive = (
  url: string,
  path: string,
  headers: Record<string, string> = {},
): Promise<LiveStream> =>
  new Promise((resolve, reject) => {
    const request = get(`${url}${path}`, { agent: false, headers }, (answer) => {
      const events: LiveEvent[] = [];
      let all = '';
      let rest = '';
      let over = false;
      let wake: () => void = () => undefined;
      answer.setEncoding('utf8');
      answer.on('data', (chunk: string) => {
        all += chunk;
        const blocks = (rest + chunk).split('\n\n');
        rest = blocks.pop() ?? '';
        events.push(...blocks.map(parse).filter(({ data, event }) => data !== '' || event !== 'message'));
        wake();
      });
      const ended = new Promise<void>((done) => {
        answer.once('close', () => {
          over = true;
          wake();
          done();
        });
      });
      answer.on('error', () => undefined);
      resolve({
        status: answer.statusCode ?? 0,
        headers: answer.headers,
        text: () => all,
        ended,
        next: async (name) => {
          for (;;) {
            const event = events.shift();
            if (event?.event === name) return event;
            if (event !== undefined) continue;
            if (over) throw new Error(`the stream ended without ${name}: ${all}`);
            await new Promise<void>((woken) => {
              wake = woken;
            });
          }
        },
        [Symbol.asyncDispose]: async () => {
          request.destroy();
          await ended;
        },
      });
    });
    request.once('error', reject);
  });
