import { randomBytes } from 'node:crypto';
import type { PasswordHasher } from '@eventhorizon/core/identity/ports';
import { hash, parseOptions, verify } from '@node-rs/argon2';

export type Argon2Parameters = {
  /** KiB. */
  readonly memoryCost: number;
  readonly timeCost: number;
  readonly parallelism: number;
};

/** OWASP Password Storage Cheat Sheet, Argon2id: m=19456 (19 MiB), t=2, p=1. */
export const OWASP_ARGON2: Argon2Parameters = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** `Algorithm.Argon2id`; the package's const enum cannot be imported under isolatedModules. */
const ARGON2ID = 2;
const HASH_BYTES = 32;
const SALT_BYTES = 16;

const phcBase64 = (bytes: Buffer): string => bytes.toString('base64').replaceAll('=', '');

/** A hash of nothing: verifying against it costs what a real one costs, and no password matches. */
export const decoyHash = ({ memoryCost, timeCost, parallelism }: Argon2Parameters): string =>
  `$argon2id$v=19$m=${memoryCost},t=${timeCost},p=${parallelism}$${phcBase64(randomBytes(SALT_BYTES))}$${phcBase64(randomBytes(HASH_BYTES))}`;

/** argon2id, off the event loop (libuv's threads). A stored hash that is no PHC string of argon2 throws: it is a bug. */
export const argon2Hasher = (parameters: Argon2Parameters = OWASP_ARGON2): PasswordHasher => {
  const decoy = decoyHash(parameters);
  const isOutdated = (stored: string): boolean => {
    const of = parseOptions(stored);
    return (
      of.algorithm !== ARGON2ID ||
      of.memoryCost !== parameters.memoryCost ||
      of.timeCost !== parameters.timeCost ||
      of.parallelism !== parameters.parallelism
    );
  };
  return {
    hash: (password) => hash(password, { ...parameters, algorithm: ARGON2ID, outputLen: HASH_BYTES }),
    verify: async (stored, password) => {
      const matches = await verify(stored ?? decoy, password);
      return stored === null
        ? { matches: false, outdated: false }
        : { matches, outdated: matches && isOutdated(stored) };
    },
  };
};
