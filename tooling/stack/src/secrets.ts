import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

const random = (bytes: number): string => randomBytes(bytes).toString('hex');

/** An Ed25519 private key as JWK text, with a `kid` of its own. */
const signingKey = (kid: string): string => {
  const { privateKey } = generateKeyPairSync('ed25519');
  return JSON.stringify({
    ...privateKey.export({ format: 'jwk' }),
    kid: `${kid}-${random(4)}`,
    alg: 'EdDSA',
  });
};

/**
 * The secrets of one local installation, all random. The providers' keys have the shape of test keys and are known to the
 * sandbox alone.
 */
export const generateSecrets = () => ({
  AUTH_SIGNING_KEY: signingKey('auth'),
  TICKET_SIGNING_KEY: signingKey('ticket'),
  SESSION_SECRET: random(32),
  VISITOR_SECRET: random(32),
  STRIPE_SECRET_KEY: `sk_test_${random(16)}`,
  STRIPE_PUBLISHABLE_KEY: `pk_test_${random(16)}`,
  STRIPE_WEBHOOK_SECRET: `whsec_${random(24)}`,
  SENDGRID_API_KEY: `SG.${random(11)}.${random(22)}`,
  TWILIO_ACCOUNT_SID: `AC${random(16)}`,
  TWILIO_AUTH_TOKEN: random(16),
});

export type Secrets = ReturnType<typeof generateSecrets>;

/** The secrets kept in this file, readable by its owner alone; made on first use. New names are added to an old file. */
export const loadSecrets = (file: string): Secrets => {
  const fresh = generateSecrets();
  const kept: Partial<Secrets> = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
  const secrets = { ...fresh, ...kept };
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 });
  return secrets;
};
