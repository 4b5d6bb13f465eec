import type { HttpBindings } from '@hono/node-server';
import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { SandboxOptions } from '../options.ts';
import type { BoundedMap } from '../shared/bounded-map.ts';
import type { FaultMode, Faults } from '../shared/faults.ts';
import { parseForm } from '../shared/form-body.ts';
import { randomSid } from '../shared/random-id.ts';
import { withFault } from '../shared/with-fault.ts';

type Env = { Bindings: HttpBindings };

export type SandboxSms = {
  readonly sid: string;
  readonly at: number;
  readonly from: string;
  readonly to: string;
  readonly body: string;
};

/** E.164: a plus and up to fifteen digits. */
const E164 = /^\+[1-9]\d{6,14}$/;
const LONGEST = 1_600;
/** A GSM segment holds 160 characters alone, 153 in a chain; with a character outside of ASCII it is UCS-2: 70 and 67. */
const segments = (body: string): number => {
  const [alone, chained] = /^[\x20-\x7e\r\n]*$/.test(body) ? [160, 153] : [70, 67];
  return body.length <= alone ? 1 : Math.ceil(body.length / chained);
};

const refuse = (
  c: Context<Env>,
  status: 400 | 401 | 404 | 429 | 500,
  code: number,
  message: string,
): Response =>
  c.json({ code, message, more_info: `https://www.twilio.com/docs/errors/${code}`, status }, status);

const switched = (c: Context<Env>, mode: FaultMode): Response =>
  mode === 'limited' || mode === 'lock_timeout'
    ? refuse(c, 429, 20429, 'Too Many Requests')
    : refuse(c, 500, 20500, 'An internal server error has occurred');

/** The message as Twilio's Messages resource shows it (twilio.com/docs/messaging/api/message-resource). */
const messageOf = (sms: SandboxSms, account: string): object => ({
  account_sid: account,
  api_version: '2010-04-01',
  body: sms.body,
  date_created: new Date(sms.at).toUTCString(),
  date_sent: null,
  date_updated: new Date(sms.at).toUTCString(),
  direction: 'outbound-api',
  error_code: null,
  error_message: null,
  from: sms.from,
  messaging_service_sid: null,
  num_media: '0',
  num_segments: String(segments(sms.body)),
  price: null,
  price_unit: 'USD',
  sid: sms.sid,
  status: 'queued',
  subresource_uris: { media: `/2010-04-01/Accounts/${account}/Messages/${sms.sid}/Media.json` },
  to: sms.to,
  uri: `/2010-04-01/Accounts/${account}/Messages/${sms.sid}.json`,
});

/** POST …/Messages.json: 201 and the queued message, or Twilio's error; the SMS lands in the inbox. */
export const twilioRoutes = (
  { keys, now }: SandboxOptions,
  messages: BoundedMap<SandboxSms>,
  faults: Faults,
): Hono<Env> => {
  const app = new Hono<Env>();
  const expected = `Basic ${Buffer.from(`${keys.twilioAccountSid}:${keys.twilioAuthToken}`).toString('base64')}`;
  app.post('/2010-04-01/Accounts/:account/Messages.json', bodyLimit({ maxSize: 1_000_000 }), async (c) => {
    if (c.req.header('authorization') !== expected) return refuse(c, 401, 20003, 'Authenticate');
    const account = c.req.param('account');
    if (account !== keys.twilioAccountSid)
      return refuse(c, 404, 20404, 'The requested resource was not found');
    const execute = async (): Promise<Response> => {
      const form = parseForm(await c.req.text());
      const field = (name: string): string => {
        const value = form[name];
        return typeof value === 'string' ? value.trim() : '';
      };
      const [to, from, body] = [field('To'), field('From'), field('Body')];
      if (to === '') return refuse(c, 400, 21604, "A 'To' phone number is required.");
      if (from === '') return refuse(c, 400, 21603, "A 'From' phone number is required.");
      if (body === '') return refuse(c, 400, 21602, 'Message body is required.');
      if (!E164.test(to)) return refuse(c, 400, 21211, `Invalid 'To' Phone Number: ${to.slice(0, -4)}XXXX`);
      if (body.length > LONGEST)
        return refuse(c, 400, 21617, 'The concatenated message body exceeds the 1600 character limit');
      const sms: SandboxSms = { sid: randomSid('SM'), at: now(), from, to, body };
      messages.set(sms.sid, sms);
      return c.json(messageOf(sms, account), 201);
    };
    return withFault(c.env, faults, 'twilio.messages.create', (mode) => switched(c, mode), execute);
  });
  return app;
};
