import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Sms, SmsSender } from '@eventhorizon/core/notifications/ports';
import { SANDBOX_KEYS } from '@eventhorizon/sandbox/options';
import { startSandbox } from '@eventhorizon/sandbox/start-sandbox';
import { describe, expect, it } from 'vitest';
import { twilioSmsSender } from './twilio-sms-sender.ts';

const SMS: Sms = { id: 'ntf_01h455vb4pex5vsknk084sn02q', to: '+491701234567', text: 'Doors open at 19:00.' };

const senderTo = (apiBase: string, timeoutMs = 20_000, authToken = SANDBOX_KEYS.twilioAuthToken): SmsSender =>
  twilioSmsSender({
    accountSid: SANDBOX_KEYS.twilioAccountSid,
    authToken,
    apiBase,
    from: '+4930123456',
    timeoutMs,
  });

/** What a worker does: sends as long as it is told to try again, three times at most. */
const deliver = async (sender: SmsSender) => {
  for (let tries = 0; tries < 3; tries += 1) {
    const result = await sender.send(SMS);
    if (result.outcome !== 'retry') return result.outcome;
  }
  return 'gave up';
};

describe('sending SMS by Twilio', () => {
  it('queues the SMS and gives its sid', async () => {
    await using sandbox = await startSandbox();
    const result = await senderTo(sandbox.url).send(SMS);
    const [message] = sandbox.control.sms();
    expect(result).toEqual({ outcome: 'sent', providerId: message?.sid });
    expect(message).toMatchObject({ to: SMS.to, from: '+4930123456', body: SMS.text });
  });

  it('a number that is none has failed, with Twilio’s code', async () => {
    await using sandbox = await startSandbox();
    const result = await senderTo(sandbox.url).send({ ...SMS, to: '0170 1234567' });
    expect(result).toMatchObject({ outcome: 'failed', reason: expect.stringContaining('21211') });
  });

  it.each(['error_after', 'reset_after', 'timeout_after'] as const)(
    'is sent at most once, also when %s loses the answer',
    async (mode) => {
      await using sandbox = await startSandbox();
      sandbox.control.fail({ calls: 'twilio.messages.create', mode, next: 1 });
      expect(await deliver(senderTo(sandbox.url, 300))).toBe('failed');
      await expect.poll(() => sandbox.control.sms()).toHaveLength(1);
    },
  );

  it('a sender that tries again after a lost answer sends twice', async () => {
    await using sandbox = await startSandbox();
    sandbox.control.fail({ calls: 'twilio.messages.create', mode: 'error_after', next: 1 });
    const careful = senderTo(sandbox.url);
    const careless: SmsSender = {
      send: async (sms) => {
        const result = await careful.send(sms);
        return result.outcome === 'failed'
          ? { outcome: 'retry', reason: result.reason, retryAfterMs: null }
          : result;
      },
    };
    expect(await deliver(careless)).toBe('sent');
    expect(sandbox.control.sms()).toHaveLength(2);
  });

  it('a limit was not sent and may be tried again', async () => {
    await using sandbox = await startSandbox();
    sandbox.control.fail({ calls: 'twilio.messages.create', mode: 'limited', next: 1 });
    expect(await deliver(senderTo(sandbox.url))).toBe('sent');
    expect(sandbox.control.sms()).toHaveLength(1);
  });

  it('a Retry-After is honoured', async () => {
    const server = createServer((_request, response) =>
      response.writeHead(429, { 'retry-after': '9' }).end('{}'),
    );
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    // listen() on a host and port gives an AddressInfo.
    const { port } = server.address() as AddressInfo;
    const result = await senderTo(`http://127.0.0.1:${port}`).send(SMS);
    server.closeAllConnections();
    server.close();
    expect(result).toMatchObject({ outcome: 'retry', retryAfterMs: 9_000 });
  });

  it('a connection that was never made was not sent and may be tried again', async () => {
    const sandbox = await startSandbox();
    await sandbox[Symbol.asyncDispose]();
    expect(await senderTo(sandbox.url).send(SMS)).toMatchObject({ outcome: 'retry' });
  });

  it('a token that Twilio refuses is no fault of the SMS, and no message carries it', async () => {
    await using sandbox = await startSandbox();
    const result = await senderTo(sandbox.url, 20_000, 'stolen-token').send(SMS);
    expect(result).toEqual({
      outcome: 'retry',
      reason: 'Twilio refuses our account (HTTP 401)',
      retryAfterMs: null,
    });
  });
});
