import { Hono } from 'hono';
import { describe, expect, it } from 'vitest';
import { limitBody } from './limit-body.ts';
import type { HttpEnv } from './observe-requests.ts';

const KIB = 1024;
const LIMIT = 64 * KIB;

/** Takes a body of 1 MiB in pieces of 1 KiB, without a declared length, and says how many pieces were asked for. */
const sendEndlessly = async (app: Hono<HttpEnv>) => {
  let pieces = 0;
  const body = new ReadableStream<Uint8Array>({
    pull: (controller) => {
      pieces += 1;
      if (pieces > KIB) controller.close();
      else controller.enqueue(new Uint8Array(KIB));
    },
  });
  const answer = await app.request('/', { method: 'POST', body, duplex: 'half' } as RequestInit);
  return { status: answer.status, pieces };
};

const reader = () => new Hono<HttpEnv>().post('/', async (c) => c.text(String((await c.req.text()).length)));
const limited = () => new Hono<HttpEnv>().use(limitBody(LIMIT)).route('/', reader());

describe('limitBody', () => {
  it('refuses a declared length without reading anything', async () => {
    const headers = { 'content-length': String(LIMIT + 1) };
    const answer = await limited().request('/', { method: 'POST', headers, body: 'x' });
    expect(answer.status).toBe(413);
    expect(await answer.json()).toMatchObject({
      error: { code: 'body.too_large', details: { maxBytes: LIMIT } },
    });
  });

  it('stops reading a body of undeclared length soon after the limit', async () => {
    const { status, pieces } = await sendEndlessly(limited());
    expect(status).toBe(413);
    expect(pieces).toBeLessThan((2 * LIMIT) / KIB);
  });

  it('twin: without it the whole body is taken into memory', async () => {
    const { status, pieces } = await sendEndlessly(reader());
    expect(status).toBe(200);
    expect(pieces).toBeGreaterThan(KIB);
  });

  it('lets everything up to the limit through', async () => {
    const answer = await limited().request('/', { method: 'POST', body: 'x'.repeat(LIMIT) });
    expect(await answer.text()).toBe(String(LIMIT));
  });
});
