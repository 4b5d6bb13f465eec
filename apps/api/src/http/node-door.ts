import type { IncomingMessage, ServerResponse } from 'node:http';
import { endInOneWrite } from './end-in-one-write.ts';
import type { FramedAnswer, HotFrame, HotRoute } from './hot-frame.ts';
import { hotMatcher } from './hot-matcher.ts';
import { nodeRequest } from './hot-request.ts';

/** Takes a request, or says false and leaves it untouched. */
export type NodeDoor = (incoming: IncomingMessage, outgoing: ServerResponse) => boolean;

/** Bytes that are to come; null when nobody said how many. */
const declaredLength = ({ method, headers }: IncomingMessage): number | null => {
  if (method === 'GET') return 0;
  return headers['transfer-encoding'] === undefined ? Number(headers['content-length'] ?? 0) : null;
};

/** Calls back with the whole text; never, when the other side leaves before. */
const readText = (incoming: IncomingMessage, onText: (text: string) => void): void => {
  const chunks: Buffer[] = [];
  incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
  incoming.on('end', () => {
    const [first] = chunks;
    onText(first !== undefined && chunks.length === 1 ? first.toString() : Buffer.concat(chunks).toString());
  });
  // Without a listener the error of a connection that broke would end the process. There is nobody left to answer.
  incoming.on('error', () => undefined);
};

const write = (outgoing: ServerResponse, { status, body, headers }: FramedAnswer): void => {
  if (body === null) {
    outgoing.writeHead(status, [...headers]);
    outgoing.end();
    return;
  }
  const bytes = Buffer.byteLength(body);
  outgoing.writeHead(status, [...headers, 'content-length', String(bytes)]);
  if (typeof body === 'string') endInOneWrite(outgoing, body, bytes);
  else outgoing.end(body);
};

/**
 * Hot routes straight from Node's own objects: the web's Request and Response cost as much as all that a hot route does. It takes requests in
 * their plain form (address without escapes, body of declared and allowed length) and leaves all others to the Hono app behind it, which has the same
 * routes in the same frame. That both answer alike is tested.
 */
export const nodeDoor = (
  routes: readonly HotRoute[],
  frame: HotFrame,
  { bodyLimit }: { readonly bodyLimit: number },
): NodeDoor => {
  const find = hotMatcher(routes);
  return (incoming, outgoing) => {
    const found = find(incoming.method ?? '', incoming.url ?? '');
    if (found === null) return false;
    const { hot, params } = found;
    if (hot.takes?.(nodeRequest(incoming, '')) === false) return false;
    const length = declaredLength(incoming);
    if (length === null || length > bodyLimit) return false;

    const serve = (body: string): void => {
      const answer = frame(hot, nodeRequest(incoming, body), params);
      if (!(answer instanceof Promise)) {
        write(outgoing, answer);
        return;
      }
      answer
        .then((framed) => write(outgoing, framed))
        .catch((error: unknown) => {
          outgoing.destroy();
          throw error;
        });
    };
    if (length === 0) serve('');
    else readText(incoming, serve);
    return true;
  };
};
