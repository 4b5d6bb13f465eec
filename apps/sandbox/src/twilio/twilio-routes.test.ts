import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { SANDBOX_KEYS } from '../options.ts';
import { startSandbox } from '../start-sandbox.ts';

const { twilioAccountSid: account, twilioAuthToken: token } = SANDBOX_KEYS;

const post = (url: string, fields: Record<string, string>, password = token) =>
  fetch(`${url}/2010-04-01/Accounts/${account}/Messages.json`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`${account}:${password}`).toString('base64')}` },
    body: new URLSearchParams(fields),
  });

/** Only what is read below. */
const messageSchema = z.looseObject({ sid: z.string(), num_segments: z.string() });

const SMS = { To: '+491701234567', From: '+4930123456', Body: 'Doors open at 19:00.' };

describe('Messages', () => {
  it('queues an SMS with 201 and puts it into the inbox', async () => {
    await using sandbox = await startSandbox();
    const response = await post(sandbox.url, SMS);
    expect(response.status).toBe(201);
    const message = messageSchema.parse(await response.json());
    expect(message).toMatchObject({
      status: 'queued',
      to: SMS.To,
      body: SMS.Body,
      num_segments: '1',
      error_code: null,
    });
    expect(sandbox.control.sms()).toMatchObject([
      { sid: message.sid, to: SMS.To, from: SMS.From, body: SMS.Body },
    ]);
  });

  it.each([
    ['a number that is not E.164', { ...SMS, To: '0170 1234567' }, 21211],
    ['no recipient', { ...SMS, To: '' }, 21604],
    ['no sender', { ...SMS, From: '' }, 21603],
    ['no text', { ...SMS, Body: '' }, 21602],
    ['more than 1,600 characters', { ...SMS, Body: 'x'.repeat(1_601) }, 21617],
  ])('refuses %s', async (_what, fields, code) => {
    await using sandbox = await startSandbox();
    const response = await post(sandbox.url, fields);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({
      code,
      status: 400,
      more_info: `https://www.twilio.com/docs/errors/${code}`,
    });
    expect(sandbox.control.sms()).toHaveLength(0);
  });

  it('refuses a wrong token', async () => {
    await using sandbox = await startSandbox();
    const response = await post(sandbox.url, SMS, 'wrong');
    expect([response.status, await response.json()]).toMatchObject([401, { code: 20003 }]);
  });

  it('counts segments as an operator does: 160 and 153, with other letters 70 and 67', async () => {
    await using sandbox = await startSandbox();
    const segments = async (Body: string) =>
      messageSchema.parse(await (await post(sandbox.url, { ...SMS, Body })).json()).num_segments;
    expect(await segments('x'.repeat(160))).toBe('1');
    expect(await segments('x'.repeat(161))).toBe('2');
    expect(await segments('ж'.repeat(71))).toBe('2');
  });
});
