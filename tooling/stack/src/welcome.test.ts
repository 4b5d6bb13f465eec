import { expect, test } from 'vitest';
import { type Welcome, welcome } from './welcome.ts';

const told: Welcome = {
  stack: {
    apiUrl: 'http://127.0.0.1:3000',
    sandboxUrl: 'http://127.0.0.1:3010',
    servers: { mongoUri: 'mongodb://127.0.0.1:27117/eventhorizon', redisUrl: 'redis://127.0.0.1:6390' },
  },
  ports: { api: 3000, apiInternal: 3001, workerInternal: 3002, sandbox: 3010 },
  dataDir: `${process.cwd()}/.data`,
  logDir: `${process.cwd()}/.data/logs`,
  logins: [{ who: 'Owner', username: 'aurora-owner', password: 'a random one' }],
  event: { id: 'evt_1', title: 'A show' },
};

test('the welcome says where everything is, who can log in, and three things to try', () => {
  const text = welcome(told);
  for (const what of [
    'http://127.0.0.1:3000/trpc',
    'http://127.0.0.1:3001 (API), :3002 (worker)',
    'http://127.0.0.1:3010',
    'mongodb://127.0.0.1:27117/eventhorizon',
    'redis://127.0.0.1:6390',
    'aurora-owner / a random one',
    '.data/logs',
    '  1. curl -s http://127.0.0.1:3000/api/v1/events/evt_1/availability',
    '  2. npm run -s cli -- login --username aurora-owner',
    '  3. npm run demo',
    'Ctrl-C stops everything; the data stays in .data.',
  ])
    expect(text).toContain(what);
});

test('names no log files where logs are shown, and the data where it really is', () => {
  const text = welcome({ ...told, dataDir: '/srv/tickets', logDir: null });
  expect(text).toMatch(/Logs +here/);
  expect(text).toContain('kept in /srv/tickets/logins.json');
  expect(text).not.toContain('.data');
});

test('promises no event and no login where there is none', () => {
  const text = welcome({ ...told, logins: null, event: null });
  expect(text).toContain('none yet');
  expect(text).not.toContain('Logins');
});
