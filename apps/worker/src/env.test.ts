import { describe, expect, test } from 'vitest';
import { readEnv } from './env.ts';
import { testEnv } from './testing/test-env.ts';

const complete = testEnv({ MONGODB_URI: 'mongodb://127.0.0.1/x', REDIS_URL: 'redis://127.0.0.1' });
const production = {
  ...complete,
  NODE_ENV: 'production',
  PUBLIC_URL: 'https://tickets.example',
  STRIPE_SECRET_KEY: 'sk_live_1',
  STRIPE_API_BASE: 'https://api.stripe.com',
  SENDGRID_API_BASE: 'https://api.sendgrid.com',
  TWILIO_API_BASE: 'https://api.twilio.com',
};

describe('the environment of the worker', () => {
  test('is taken when it is complete, in production as well', () => {
    expect(readEnv(complete).INTERNAL_PORT).toBe(0);
    expect(readEnv(production).NODE_ENV).toBe('production');
  });
  test('is refused with the names of all faults and none of the values', () => {
    const wrong = {
      ...complete,
      MONGODB_URI: 'postgres://user:hunter2@host',
      TICKET_SIGNING_KEY: '{"d":"hunter3"}',
    };
    const read = () => readEnv(wrong);
    expect(read).toThrow(/MONGODB_URI/);
    expect(read).toThrow(/TICKET_SIGNING_KEY/);
    expect(read).not.toThrow(/hunter/);
  });
  test.each([
    ['STRIPE_API_BASE', 'http://127.0.0.1:3010'],
    ['SENDGRID_API_BASE', 'http://127.0.0.1:3010'],
    ['TWILIO_API_BASE', 'http://127.0.0.1:3010'],
    ['STRIPE_SECRET_KEY', 'sk_test_1'],
  ])('refuses a sandbox or a test key in production (%s)', (name, value) => {
    expect(() => readEnv({ ...production, [name]: value })).toThrow(name);
  });
});
