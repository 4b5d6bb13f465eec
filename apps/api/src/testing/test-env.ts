import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { type Env, readEnv } from '../env.ts';

const ed25519Jwk = (kid: string): string =>
  JSON.stringify({ ...generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' }), kid });

/** What the API needs besides its databases, with fresh secrets. */
export const testVariables = (): Record<string, string> => ({
  NODE_ENV: 'test',
  PORT: '0',
  INTERNAL_PORT: '0',
  PUBLIC_URL: 'http://127.0.0.1:3000',
  STRIPE_API_BASE: 'http://127.0.0.1:9',
  STRIPE_SECRET_KEY: `sk_test_${randomBytes(12).toString('hex')}`,
  STRIPE_PUBLISHABLE_KEY: 'pk_test_1',
  STRIPE_WEBHOOK_SECRET: `whsec_${randomBytes(12).toString('hex')}`,
  AUTH_SIGNING_KEY: ed25519Jwk('auth-1'),
  TICKET_SIGNING_KEY: ed25519Jwk('ticket-1'),
  SESSION_SECRET: randomBytes(32).toString('hex'),
  VISITOR_SECRET: randomBytes(32).toString('hex'),
  LOG_LEVEL: 'debug',
});

/** A complete environment. */
export const testEnv = (values: Readonly<Record<string, string>>): Env =>
  readEnv({ ...testVariables(), ...values });
