import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { Worker } from 'node:worker_threads';
import { bundleApp } from '@eventhorizon/build/bundle';
import { expect, test } from 'vitest';

const request = {
  kind: 'receipt',
  receipt: {
    reference: 'EVT-7K3M9Q',
    organizer: 'オーロラ',
    buyer: { name: 'محمد', email: 'ada@example.org' },
    title: 'A concert',
    when: 'Thursday',
    venue: 'Great Hall',
    address: 'Leipzig',
    paidOn: '1 November 2026',
    lines: [{ what: '1 × Adult', each: '45.00 EUR', sum: '45.00 EUR' }],
    total: '45.00 EUR',
    notes: [],
  },
};

/** What the thread of a worker's bundle, in a folder far from the workspace, answers to a request. */
const answerOf = async (change: (dist: string) => void): Promise<{ pdf?: Uint8Array; error?: string }> => {
  const dir = mkdtempSync(`${tmpdir()}/eventhorizon-documents-`);
  try {
    await bundleApp('worker', `${dir}/dist`);
    change(`${dir}/dist`);
    // pnpm's NODE_PATH would have it find what lies in the workspace.
    const thread = new Worker(`${dir}/dist/document-worker.js`, { env: {} });
    try {
      return await new Promise((resolve, reject) => {
        thread.on('message', resolve).on('error', reject);
        thread.postMessage(request);
      });
    } finally {
      await thread.terminate();
    }
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
};

test('a bundle draws documents with the thread and the fonts beside it', async () => {
  const { pdf } = await answerOf(() => undefined);
  expect(Buffer.from(pdf ?? []).toString('latin1')).toMatch(/^%PDF-/);
});

test('twin: without the fonts beside it it draws nothing', async () => {
  const { error } = await answerOf((dist) => rmSync(`${dist}/fonts`, { recursive: true }));
  expect(error).toContain('@fontsource/');
});
