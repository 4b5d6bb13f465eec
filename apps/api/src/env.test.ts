import { readFileSync } from 'node:fs';
import { ATTEMPT_LIMITS } from '@eventhorizon/core/identity/attempts';
import { describe, expect, it } from 'vitest';
import { readEnv } from './env.ts';
import { testEnv } from './testing/test-env.ts';

const local = { MONGODB_URI: 'mongodb://127.0.0.1/x', REDIS_URL: 'redis://127.0.0.1:1' };
const live = {
  ...local,
  NODE_ENV: 'production',
  PUBLIC_URL: 'https://tickets.example',
  STRIPE_API_BASE: 'https://api.stripe.com',
  STRIPE_SECRET_KEY: 'sk_live_1',
  STRIPE_PUBLISHABLE_KEY: 'pk_live_1',
  STRIPE_WEBHOOK_SECRET: 'whsec_1',
};

describe('readEnv', () => {
  it('names every variable at fault, and no value', () => {
    const read = () =>
      readEnv({ PORT: 'many', STRIPE_SECRET_KEY: 'sk_live_hidden', SESSION_SECRET: 'short-and-secret' });
    expect(read).toThrow(/PORT: [\s\S]*MONGODB_URI: [\s\S]*AUTH_SIGNING_KEY: [\s\S]*SESSION_SECRET: /);
    expect(read).not.toThrow(/hidden|short-and-secret/);
  });

  it('takes a complete production environment', () => {
    expect(testEnv(live)).toMatchObject({ NODE_ENV: 'production', TRUST_PROXY: false, CORS_ORIGINS: [] });
  });

  it.each([
    ['STRIPE_API_BASE', 'http://127.0.0.1:3010'],
    ['STRIPE_SECRET_KEY', 'sk_test_1'],
    ['STRIPE_PUBLISHABLE_KEY', 'pk_test_1'],
    ['STRIPE_WEBHOOK_SECRET', 'sandbox'],
    ['PUBLIC_URL', 'http://tickets.example'],
  ])('production refuses a sandbox or a test key in %s', (name, value) => {
    expect(() => testEnv({ ...live, [name]: value })).toThrow(name);
    expect(testEnv({ ...live, NODE_ENV: 'development', [name]: value })).toMatchObject({ [name]: value });
  });

  it('switches nothing on by a typing error', () => {
    expect(() => testEnv({ ...local, TRUST_PROXY: 'yes' })).toThrow('TRUST_PROXY');
  });

  it('takes limits of attempts as so many within so long, and has its own for those that are not set', () => {
    const { limits } = testEnv({ ...local, LIMIT_LOG_IN_PER_ADDRESS: '500/2h' });
    expect(limits).toEqual({
      ...ATTEMPT_LIMITS,
      log_in_per_address: { count: 500, withinMs: 2 * 60 * 60_000 },
    });
    for (const limit of ['0/15m', '5', '5/15', '5/15d', '-5/1m', 'none'])
      expect(() => testEnv({ ...local, LIMIT_REGISTER_PER_ADDRESS: limit })).toThrow(
        'LIMIT_REGISTER_PER_ADDRESS: must be a limit like 100/15m',
      );
  });

  it('refuses a limit by a name that it does not know, such as one of an earlier release, and names those there are', () => {
    for (const name of ['LIMIT_LOG_IN_PER_ACCOUNT', 'LIMIT_CHANGE_PASSWORD_PER_ACCOUNT', 'LIMIT_'])
      expect(() => testEnv({ ...local, [name]: '5/15m' })).toThrow(
        new RegExp(`${name}: is no limit; .* LIMIT_LOG_IN_PER_ADDRESS, .*LIMIT_PROVE_PASSWORD_PER_ACCOUNT, `),
      );
  });

  it('the example names every limit with the value it has', () => {
    const example = readFileSync(new URL('../../../.env.example', import.meta.url), 'utf8');
    const named = Object.fromEntries(
      [...example.matchAll(/^# (LIMIT_\w+)=(\S+)/gm)].map(([, name = '', value = '']) => [name, value]),
    );
    expect(Object.keys(named).sort()).toEqual(
      Object.keys(ATTEMPT_LIMITS)
        .map((kind) => `LIMIT_${kind.toUpperCase()}`)
        .sort(),
    );
    expect(testEnv({ ...local, ...named }).limits).toEqual(ATTEMPT_LIMITS);
  });

  it('refuses a code for the first admin that could be guessed, and an address that is none', () => {
    expect(() => testEnv({ ...local, FIRST_ADMIN_CODE: 'letmein' })).toThrow('FIRST_ADMIN_CODE');
    expect(() => testEnv({ ...local, FIRST_ADMIN_EMAIL: 'root' })).toThrow('FIRST_ADMIN_EMAIL');
  });

  it('reads several origins', () => {
    const origins = 'https://a.example, https://b.example';
    expect(testEnv({ ...local, CORS_ORIGINS: origins }).CORS_ORIGINS).toEqual([
      'https://a.example',
      'https://b.example',
    ]);
  });
});
