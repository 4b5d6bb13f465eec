import type { Email, EmailSender, SendResult } from '@eventhorizon/core/notifications/ports';
import { Client } from '@sendgrid/client';
import { MailService } from '@sendgrid/mail';
import { z } from 'zod';
import { retryAfterMs } from '../shared/retry-after.ts';

export type SendgridOptions = {
  readonly apiKey: string;
  /** `https://api.sendgrid.com`, or where the sandbox is. */
  readonly apiBase: string;
  readonly from: { readonly email: string; readonly name: string };
  readonly timeoutMs: number;
};

/** A 429 without Retry-After tells in `x-ratelimit-reset` when the window ends, in seconds since the epoch. */
const headersSchema = z.object({
  'retry-after': z.string().optional(),
  'x-ratelimit-reset': z.string().optional(),
});

/** The part of the SDK's ResponseError that is read. Its message and request are not: they can hold the e-mail and the key. */
const failureSchema = z.object({
  code: z.number(),
  response: z.object({
    headers: headersSchema.catch({}),
    body: z
      .object({ errors: z.array(z.object({ message: z.string(), field: z.string().nullish() })) })
      .catch({ errors: [] }),
  }),
});

const pauseMs = (headers: z.infer<typeof headersSchema>): number | null => {
  const asked = retryAfterMs(headers['retry-after']);
  if (asked !== null) return asked;
  const reset = Number(headers['x-ratelimit-reset']);
  return Number.isFinite(reset) && reset > 0 ? Math.max(0, reset * 1_000 - Date.now()) : null;
};

/**
 * E-mail is sent at least once, so whatever may work later is `retry`: no answer, 429, 5xx, and also 401 and 403, which are our key or sender and
 * not this e-mail. Other 4xx are about this e-mail for good.
 */
const resultOf = (error: unknown): SendResult => {
  const failure = failureSchema.safeParse(error);
  if (!failure.success) return { outcome: 'retry', reason: 'no answer from SendGrid', retryAfterMs: null };
  const { code, response } = failure.data;
  const said = response.body.errors
    .map(({ field, message }) => (field ? `${field}: ${message}` : message))
    .join('; ');
  const reason = `SendGrid answered ${code}${said === '' ? '' : `: ${said}`}`;
  const isOurs = code === 401 || code === 403;
  if (isOurs || code === 408 || code === 429 || code >= 500)
    return { outcome: 'retry', reason, retryAfterMs: pauseMs(response.headers) };
  return { outcome: 'failed', reason };
};

const dataOf = (email: Email, from: SendgridOptions['from']): Parameters<MailService['send']>[0] => ({
  from,
  to: { email: email.to.email, ...(email.to.name === null ? {} : { name: email.to.name }) },
  subject: email.subject,
  content: [
    { type: 'text/plain', value: email.text },
    { type: 'text/html', value: email.html },
  ],
  attachments: email.attachments.map(({ filename, contentType, content, contentId }) => ({
    filename,
    type: contentType,
    content: Buffer.from(content).toString('base64'),
    ...(contentId === undefined
      ? { disposition: 'attachment' }
      : { disposition: 'inline', content_id: contentId }),
  })),
  customArgs: { notificationId: email.id },
  // Links in our e-mails carry rights (a ticket, a log-in); they are not to pass a tracker.
  trackingSettings: { clickTracking: { enable: false }, openTracking: { enable: false } },
});

/** The SendGrid adapter, over `@sendgrid/mail`. Never throws on what SendGrid answers, or does not. */
export const sendgridEmailSender = ({ apiKey, apiBase, from, timeoutMs }: SendgridOptions): EmailSender => {
  const client = new Client();
  // setApiKey resets the base URL, so it comes first.
  client.setApiKey(apiKey);
  client.setDefaultRequest('baseUrl', apiBase);
  const mail = new MailService();
  mail.setClient(client);
  mail.setTimeout(timeoutMs);
  return {
    send: async (email) => {
      try {
        const [response] = await mail.send(dataOf(email, from));
        const id: unknown = response.headers['x-message-id'];
        return { outcome: 'sent', providerId: typeof id === 'string' ? id : '' };
      } catch (error) {
        return resultOf(error);
      }
    },
  };
};
