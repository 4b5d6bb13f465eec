import { expect, test } from 'vitest';
import { generateSecrets } from '../secrets.ts';
import { APP_NAMES, appEnv } from './app-env.ts';
import { fixedPorts } from './ports.ts';

const wiring = {
  mongoUri: 'mongodb://127.0.0.1:27117/eventhorizon',
  redisUrl: 'redis://127.0.0.1:6390',
  secrets: generateSecrets(),
  ports: fixedPorts({}),
};

test('every provider is the sandbox, in every app', () => {
  for (const name of APP_NAMES) {
    for (const [key, value] of Object.entries(appEnv(name, wiring))) {
      if (key.endsWith('_API_BASE')) expect(value).toBe('http://127.0.0.1:3010');
    }
  }
});

test('the sandbox knows neither our databases nor our signing keys', () => {
  const names = Object.keys(appEnv('sandbox', wiring));
  expect(names).not.toContain('MONGODB_URI');
  expect(names.filter((name) => name.endsWith('SIGNING_KEY'))).toEqual([]);
});

test('the sandbox sends its webhooks to the API', () => {
  expect(appEnv('sandbox', wiring)).toMatchObject({ WEBHOOK_URL: 'http://127.0.0.1:3000/webhooks/stripe' });
});

test('ports can be chosen, and a port that is none is refused by its name', () => {
  expect(fixedPorts({ PORT: '4000', SANDBOX_PORT: '4010' })).toEqual({
    api: 4000,
    apiInternal: 3001,
    workerInternal: 3002,
    sandbox: 4010,
  });
  expect(() => fixedPorts({ WORKER_INTERNAL_PORT: 'no' })).toThrow('WORKER_INTERNAL_PORT');
});
