import { Worker } from 'node:worker_threads';
import { isDomainError } from '@eventhorizon/core/shared/errors';
import { describe, expect, test } from 'vitest';
import { createDocumentPool, type DocumentPoolOptions } from './document-pool.ts';
import { renderDocument } from './render-document.ts';
import { sampleReceipt, sampleSheet } from './testing/sample-sheet.ts';

const pool = (over: Partial<DocumentPoolOptions> = {}) =>
  createDocumentPool({ threads: 1, maxWaiting: 100, timeoutMs: 60_000, ...over });

/** A thread that runs `code` with `port` for its parent's end. */
const threadOf = (code: string) => (): Worker =>
  new Worker(`const { parentPort: port } = require('node:worker_threads'); ${code}`, { eval: true });

const isPdf = (bytes: Uint8Array): boolean => Buffer.from(bytes.subarray(0, 5)).toString() === '%PDF-';
const sheets = Array.from({ length: 40 }, () => sampleSheet());

/** How often the event loop came round while `work` was going on. */
const turnsDuring = async (work: Promise<unknown>): Promise<number> => {
  let turns = 0;
  let going = true;
  const count = (): void => {
    turns++;
    if (going) setImmediate(count);
  };
  setImmediate(count);
  await work;
  going = false;
  return turns;
};

describe('drawing', () => {
  test('leaves the event loop to others', async () => {
    await using documents = pool();
    const work = documents.tickets(sheets);
    expect(await turnsDuring(work)).toBeGreaterThan(100);
    expect(isPdf(await work)).toBe(true);
  });
  test('twin: on the event loop nothing else comes to its turn meanwhile', async () => {
    expect(await turnsDuring(renderDocument({ kind: 'tickets', sheets }))).toBeLessThan(100);
  });

  test('goes on after a document that cannot be drawn', async () => {
    await using documents = pool();
    await expect(documents.tickets([])).rejects.toThrow('no tickets to draw');
    expect(isPdf(await documents.receipt(sampleReceipt))).toBe(true);
  });
});

describe('a full pool', () => {
  const silent = threadOf("port.on('message', () => {})");
  test('refuses one more and says when to come again', async () => {
    const documents = pool({ maxWaiting: 2, startThread: silent });
    const taken = [1, 2, 3].map(() => documents.receipt(sampleReceipt).catch((error: unknown) => error));
    const refusal = await documents.receipt(sampleReceipt).catch((error: unknown) => error);
    expect(isDomainError(refusal, 'busy.try_again')).toBe(true);
    await documents[Symbol.asyncDispose]();
    for (const one of await Promise.all(taken)) expect(one).toBeInstanceOf(Error);
  });
  test('twin: without the bound it takes them all', async () => {
    const documents = pool({ maxWaiting: Number.POSITIVE_INFINITY, startThread: silent });
    const taken = Array.from({ length: 50 }, () => documents.receipt(sampleReceipt).catch(() => 'taken'));
    await documents[Symbol.asyncDispose]();
    expect(await Promise.all(taken)).toEqual(Array(50).fill('taken'));
  });
});

describe('a thread', () => {
  test.each([
    ['hangs', "port.on('message', () => {})"],
    ['throws', "port.on('message', () => { throw new Error('broken') })"],
    ['ends', "port.on('message', () => process.exit(3))"],
  ])('that %s is replaced, and only its own document is lost', async (_what, code) => {
    const broken = threadOf(code);
    const good = threadOf("port.on('message', () => port.postMessage({ pdf: new Uint8Array([1]) }))");
    let started = 0;
    await using documents = pool({
      timeoutMs: 3_000,
      startThread: () => (started++ === 0 ? broken() : good()),
    });
    const first = documents.receipt(sampleReceipt);
    const second = documents.receipt(sampleReceipt);
    await expect(first).rejects.toThrow('the document was not drawn');
    expect(await second).toEqual(new Uint8Array([1]));
  });
});
