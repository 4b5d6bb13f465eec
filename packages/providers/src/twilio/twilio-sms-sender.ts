import type { SendResult, SmsSender } from '@eventhorizon/core/notifications/ports';
import twilio from 'twilio';
import { z } from 'zod';
import { RebasedClient, TwilioLimited } from './rebased-client.ts';

export type TwilioOptions = {
  readonly accountSid: string;
  readonly authToken: string;
  /** `https://api.twilio.com`, or where the sandbox is. */
  readonly apiBase: string;
  /** A number of ours in E.164, or an alphanumeric sender. */
  readonly from: string;
  readonly timeoutMs: number;
};

/** Twilio's answer (RestException). */
const answerSchema = z.object({
  status: z.number(),
  code: z.number().nullish(),
  message: z.string().nullish(),
});
/** The system's error, on which nothing was sent: no name, no connection. */
const NEVER_LEFT = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'];
const systemSchema = z.object({ code: z.string() });

/**
 * An SMS is sent at most once, and Twilio has no idempotency keys: only what was certainly not sent is `retry`. That is a connection that was never made,
 * a 429, and a 401 or 403 (our account, not this message). After a time-out, a broken connection or a 5xx Twilio may have sent it: `failed`.
 */
const resultOf = (error: unknown): SendResult => {
  if (error instanceof TwilioLimited)
    return { outcome: 'retry', reason: error.message, retryAfterMs: error.retryAfterMs };
  const answer = answerSchema.safeParse(error);
  if (answer.success) {
    const { status, code, message } = answer.data;
    const reason = `Twilio answered ${status}${code ? ` (${code})` : ''}${message ? `: ${message}` : ''}`;
    if (status === 401 || status === 403)
      return { outcome: 'retry', reason: `Twilio refuses our account (HTTP ${status})`, retryAfterMs: null };
    if (status < 500) return { outcome: 'failed', reason };
    return { outcome: 'failed', reason: `${reason}; it may have been sent, so it is not sent again` };
  }
  const system = systemSchema.safeParse(error);
  if (system.success && NEVER_LEFT.includes(system.data.code))
    return { outcome: 'retry', reason: `Twilio cannot be reached (${system.data.code})`, retryAfterMs: null };
  return {
    outcome: 'failed',
    reason: 'no answer from Twilio; it may have been sent, so it is not sent again',
  };
};

/** The Twilio adapter, over the `twilio` SDK. Never throws on what Twilio answers, or does not. */
export const twilioSmsSender = ({
  accountSid,
  authToken,
  apiBase,
  from,
  timeoutMs,
}: TwilioOptions): SmsSender => {
  const client = twilio(accountSid, authToken, { httpClient: new RebasedClient(apiBase, timeoutMs) });
  return {
    send: async ({ to, text }) => {
      try {
        const message = await client.messages.create({ to, from, body: text });
        return { outcome: 'sent', providerId: message.sid };
      } catch (error) {
        return resultOf(error);
      }
    },
  };
};
