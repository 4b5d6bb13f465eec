import { parseOptions } from '@node-rs/argon2';
import { expect, test } from 'vitest';
import { argon2Hasher, decoyHash, OWASP_ARGON2 } from './argon2-hasher.ts';

/** Little work, so that tests are quick; what is checked does not depend on it. */
const light = { memoryCost: 64, timeCost: 1, parallelism: 1 };

test('a password matches its own hash and no other does', async () => {
  const hasher = argon2Hasher(light);
  const hash = await hasher.hash('correct horse battery');
  expect(await hasher.verify(hash, 'correct horse battery')).toEqual({ matches: true, outdated: false });
  expect(await hasher.verify(hash, 'Correct horse battery')).toEqual({ matches: false, outdated: false });
});

test('one password hashes differently each time', async () => {
  const hasher = argon2Hasher(light);
  expect(await hasher.hash('correct horse')).not.toBe(await hasher.hash('correct horse'));
});

test('the default is argon2id with the parameters that OWASP asks for', async () => {
  expect(await argon2Hasher().hash('correct horse')).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
});

test('a hash of other parameters is outdated when the password matches, and only then', async () => {
  const old = await argon2Hasher(light).hash('correct horse');
  for (const changed of [{ memoryCost: 128 }, { timeCost: 2 }, { parallelism: 2 }]) {
    const today = argon2Hasher({ ...light, ...changed });
    expect(await today.verify(old, 'correct horse')).toEqual({ matches: true, outdated: true });
    expect(await today.verify(old, 'wrong horse')).toEqual({ matches: false, outdated: false });
  }
});

test('no account: nothing matches, and the decoy costs what a real hash costs', async () => {
  const hasher = argon2Hasher(light);
  expect(await hasher.verify(null, 'correct horse')).toEqual({ matches: false, outdated: false });
  // The cost of verifying is decided by the parameters in the hash.
  expect(parseOptions(decoyHash(OWASP_ARGON2))).toEqual(parseOptions(await argon2Hasher().hash('x')));
});

test('a stored text that is no hash is a bug, not a wrong password', async () => {
  await expect(argon2Hasher(light).verify('plain text', 'plain text')).rejects.toThrow();
});
