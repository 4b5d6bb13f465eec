import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { openSale } from '@eventhorizon/actors/open-sale';
import { expect, test } from 'vitest';
import { testStack } from './src/test-stack.ts';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
/** Inside this package, so that the sample's imports are found as a client's would be. */
const folder = fileURLToPath(new URL('./.readme/', import.meta.url));

test('the tour in the README runs as it stands there', async () => {
  await using stack = await testStack();
  await openSale(stack.url, { seatMap: premiumRow, standing: 0, prices: { Premium: 8900 } });
  const sample = /```ts\n([\s\S]+?)```/.exec(readme)?.[1] ?? '';
  expect(sample).toContain('createClient');
  mkdirSync(folder, { recursive: true });
  try {
    const code = sample.replace('http://127.0.0.1:3000', stack.url);
    writeFileSync(`${folder}tour.mts`, `${code}\nconsole.log(booking.reference, payment.state);\n`);
    const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', `${folder}tour.mts`]);
    expect(stdout).toMatch(/^EVT-[A-Z0-9]{6} ready$/m);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

const premiumRow = {
  format: 'csv' as const,
  content: `section,row,seat,category,x,y,accessible\n${[1, 2, 3, 4].map((seat) => `Main,A,${seat},Premium,${seat * 20},0,no`).join('\n')}`,
};
