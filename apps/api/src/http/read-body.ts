import type { Context as HonoContext } from 'hono';

/** A body is larger than it may be. */
export class BodyTooLarge extends Error {
  override readonly name = 'BodyTooLarge';
  readonly maxBytes: number;

  constructor(maxBytes: number) {
    super(`more than ${maxBytes} bytes`);
    this.maxBytes = maxBytes;
  }
}

const counted = async (stream: ReadableStream<Uint8Array>, maxBytes: number): Promise<string> => {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of stream) {
    bytes += chunk.byteLength;
    if (bytes > maxBytes) throw new BodyTooLarge(maxBytes);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
};

/** Without one of these a request has no body (RFC 9112 §6.3). In process, where there is no wire, a body has neither. */
const isWithoutBody = (c: HonoContext): boolean =>
  c.req.method === 'GET' ||
  (c.req.header('content-length') === '0' && c.req.header('transfer-encoding') === undefined);

/**
 * A request's body as text, of at most `maxBytes`; throws BodyTooLarge. Where the length is declared, a body that is too long is not
 * touched: see limit-body.ts.
 */
export const readBody = async (c: HonoContext, maxBytes: number): Promise<string> => {
  if (isWithoutBody(c)) return '';
  const declared = c.req.header('content-length');
  if (declared !== undefined) {
    if (Number(declared) > maxBytes) throw new BodyTooLarge(maxBytes);
    return c.req.text();
  }
  const { body } = c.req.raw;
  return body === null ? '' : counted(body, maxBytes);
};
