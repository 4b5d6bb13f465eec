import { Writable } from 'node:stream';
import { expect, test } from 'vitest';
import { type JsonLoggerOptions, jsonLogger } from './json-logger.ts';

const SECRETS = ['sk_live_abc123', 'pi_1_secret_xyz', 'hunter2', 'EH1.payload.signature'];

const logged = (options: Partial<JsonLoggerOptions>): string => {
  const chunks: string[] = [];
  const destination = new Writable({
    write: (chunk, _encoding, done) => {
      chunks.push(String(chunk));
      done();
    },
  });
  const log = jsonLogger({ app: 'worker', level: 'debug', destination, ...options });
  log.warn({ reason: 'Stripe refused sk_live_abc123 for pi_1_secret_xyz' }, 'will be tried again');
  log.error({ err: new Error('connect mongodb://root:hunter2@db') }, 'down');
  log.info({ mail: { text: 'Code: EH1.payload.signature' } }, 'sent');
  return chunks.join('');
};

test('what jobs and drivers say about their failures reaches the log without secrets', () => {
  const text = logged({});
  for (const secret of SECRETS) expect(text).not.toContain(secret);
  expect(text).toContain('will be tried again');
});

test('twin: without the scrubbing it holds them', () => {
  const text = logged({ clean: (fields) => ({ ...fields, err: String((fields as { err?: Error }).err) }) });
  for (const secret of SECRETS) expect(text).toContain(secret);
});
