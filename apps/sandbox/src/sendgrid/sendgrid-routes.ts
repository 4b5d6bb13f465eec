import type { HttpBindings } from '@hono/node-server';
import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { SandboxOptions } from '../options.ts';
import type { BoundedMap } from '../shared/bounded-map.ts';
import type { FaultMode, Faults } from '../shared/faults.ts';
import { randomId } from '../shared/random-id.ts';
import { withFault } from '../shared/with-fault.ts';
import type { SandboxEmail } from './email.ts';
import { faultsOf, type MailBody, mailBodySchema, type SendgridError } from './mail-body.ts';

type Env = { Bindings: HttpBindings };

/** SendGrid takes 30 MB a message, attachments included. */
const LIMIT = 30_000_000;

const emailOf = (
  body: MailBody,
  personalization: MailBody['personalizations'][number],
  id: string,
  at: number,
): SandboxEmail => ({
  id,
  at,
  from: body.from.email,
  to: [personalization.to, personalization.cc ?? [], personalization.bcc ?? []]
    .flat()
    .map(({ email }) => email),
  subject: personalization.subject ?? body.subject ?? '',
  text: body.content.find(({ type }) => type === 'text/plain')?.value ?? null,
  html: body.content.find(({ type }) => type === 'text/html')?.value ?? null,
  attachments: (body.attachments ?? []).map((given) => ({
    filename: given.filename,
    type: given.type ?? 'application/octet-stream',
    disposition: given.disposition ?? 'attachment',
    contentId: given.content_id ?? null,
    content: Buffer.from(given.content, 'base64'),
  })),
  customArgs: { ...body.custom_args, ...personalization.custom_args },
});

const refuse = (c: Context<Env>, status: 400 | 401 | 413 | 429 | 500, errors: SendgridError[]): Response =>
  c.json({ errors }, status);
const one = (message: string): SendgridError[] => [{ message, field: null, help: null }];

const switched = (c: Context<Env>, mode: FaultMode, now: number): Response => {
  if (mode !== 'limited' && mode !== 'lock_timeout') return refuse(c, 500, one('Internal server error'));
  c.header('X-RateLimit-Remaining', '0');
  c.header('X-RateLimit-Reset', String(Math.floor(now / 1_000) + 1));
  return refuse(c, 429, one('too many requests'));
};

/** POST /v3/mail/send: 202 with an empty body and `x-message-id`, as SendGrid answers; the e-mail lands in the inbox. */
export const sendgridRoutes = (
  { keys, now }: SandboxOptions,
  emails: BoundedMap<SandboxEmail>,
  faults: Faults,
): Hono<Env> => {
  const app = new Hono<Env>();
  const limit = bodyLimit({
    maxSize: LIMIT,
    onError: (c) => c.json({ errors: one('Payload too large') }, 413),
  });
  app.post('/v3/mail/send', limit, async (c) => {
    if (c.req.header('authorization') !== `Bearer ${keys.sendgridApiKey}`)
      return refuse(c, 401, one('The provided authorization grant is invalid, expired, or revoked'));
    const execute = async (): Promise<Response> => {
      const json: unknown = await c.req.json().catch(() => undefined);
      if (json === undefined) return refuse(c, 400, one('Bad Request'));
      const body = mailBodySchema.safeParse(json);
      if (!body.success) return refuse(c, 400, faultsOf(body.error));
      const id = randomId('', 22);
      for (const [index, personalization] of body.data.personalizations.entries()) {
        const each = index === 0 ? id : `${id}.${index}`;
        emails.set(each, emailOf(body.data, personalization, each, now()));
      }
      c.header('X-Message-Id', id);
      return c.body(null, 202);
    };
    return withFault(c.env, faults, 'sendgrid.mail.send', (mode) => switched(c, mode, now()), execute);
  });
  return app;
};
