import { createPrivateKey, sign } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { expect, test } from 'vitest';
import { generateSecrets, loadSecrets } from './secrets.ts';

const temporaryFile = () => {
  const dir = mkdtempSync(`${tmpdir()}/eventhorizon-secrets-`);
  return {
    file: `${dir}/kept/secrets.json`,
    [Symbol.dispose]: () => rmSync(dir, { recursive: true, force: true }),
  };
};

test('every installation has secrets of its own', () => {
  const [mine, yours] = [generateSecrets(), generateSecrets()];
  for (const name of Object.keys(mine) as (keyof typeof mine)[]) expect(mine[name]).not.toBe(yours[name]);
});

test('signing keys are Ed25519 private keys with an id of their own', () => {
  for (const text of [generateSecrets().AUTH_SIGNING_KEY, generateSecrets().TICKET_SIGNING_KEY]) {
    const jwk = JSON.parse(text);
    expect(jwk).toMatchObject({ kty: 'OKP', crv: 'Ed25519', kid: expect.any(String) });
    expect(sign(null, Buffer.from('x'), createPrivateKey({ key: jwk, format: 'jwk' }))).toHaveLength(64);
  }
});

test('secrets are kept for the next start, readable by their owner alone', () => {
  using temp = temporaryFile();
  const first = loadSecrets(temp.file);
  expect(loadSecrets(temp.file)).toEqual(first);
  expect(statSync(temp.file).mode & 0o777).toBe(0o600);
});

test('a file of an older version keeps its secrets and gets the new ones', () => {
  using temp = temporaryFile();
  const { SESSION_SECRET: _left, ...older } = loadSecrets(temp.file);
  writeFileSync(temp.file, JSON.stringify(older));
  const loaded = loadSecrets(temp.file);
  expect(loaded).toMatchObject(older);
  expect(JSON.parse(readFileSync(temp.file, 'utf8')).SESSION_SECRET).toBe(loaded.SESSION_SECRET);
});
