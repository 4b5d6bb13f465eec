import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { expect, test } from 'vitest';
import { sha256Of, verifySha256 } from './portable-tarball.ts';

const temporaryFile = () => {
  const dir = mkdtempSync(`${tmpdir()}/eventhorizon-hash-`);
  const file = `${dir}/download`;
  writeFileSync(file, 'as tested');
  return { file, [Symbol.dispose]: () => rmSync(dir, { recursive: true, force: true }) };
};

test('a download with another hash is refused and removed', async () => {
  using temp = temporaryFile();
  const tested = await sha256Of(temp.file);
  writeFileSync(temp.file, 'tampered with');
  await expect(verifySha256(temp.file, tested)).rejects.toThrow('is not the file that was tested');
  expect(existsSync(temp.file)).toBe(false);
});

test('the download that was tested is accepted and kept', async () => {
  using temp = temporaryFile();
  await verifySha256(temp.file, await sha256Of(temp.file));
  expect(existsSync(temp.file)).toBe(true);
});
