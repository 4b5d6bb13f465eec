import { generateKeyPairSync } from 'node:crypto';

/** A complete environment of the worker, as text. Providers are at a port where nobody listens, unless given. */
export const testEnv = (values: Readonly<Record<string, string>>): Record<string, string> => ({
  NODE_ENV: 'test',
  INTERNAL_PORT: '0',
  PUBLIC_URL: 'http://127.0.0.1:3000',
  STRIPE_API_BASE: 'http://127.0.0.1:9',
  STRIPE_SECRET_KEY: 'sk_test_1',
  STRIPE_WEBHOOK_SECRET: 'whsec_1',
  SENDGRID_API_BASE: 'http://127.0.0.1:9',
  SENDGRID_API_KEY: 'SG.1',
  MAIL_FROM: 'tickets@example.org',
  TWILIO_API_BASE: 'http://127.0.0.1:9',
  TWILIO_ACCOUNT_SID: 'AC1',
  TWILIO_AUTH_TOKEN: '1',
  TWILIO_FROM: '+15005550006',
  TICKET_SIGNING_KEY: JSON.stringify({
    ...generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' }),
    kid: 'ticket-1',
  }),
  ...values,
});
