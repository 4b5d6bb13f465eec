import { z } from 'zod';

const address = z.object({ email: z.email('Does not contain a valid address.'), name: z.string().nullish() });
const customArgs = z.record(z.string(), z.string()).optional();

const personalization = z.object({
  to: z.array(address).min(1, 'The to array is required for all personalization objects.'),
  cc: z.array(address).optional(),
  bcc: z.array(address).optional(),
  subject: z.string().min(1).optional(),
  custom_args: customArgs,
  headers: z.record(z.string(), z.string()).optional(),
});

// Strict: a field in the wrong spelling (the SDK lets `contentId` through) would lose a picture without a word.
const attachment = z.strictObject({
  content: z.base64('The attachment content must be base64 encoded.').min(1),
  filename: z.string().min(1),
  type: z.string().optional(),
  disposition: z.enum(['attachment', 'inline']).optional(),
  content_id: z.string().optional(),
});

const content = z.object({ type: z.string().min(1), value: z.string().min(1) });

/**
 * The body of POST /v3/mail/send (twilio.com/docs/sendgrid/api-reference/mail-send), as far as the project uses it.
 * Settings that change nothing here (tracking, categories) are let through.
 */
export const mailBodySchema = z
  .looseObject({
    personalizations: z.array(personalization).min(1).max(1_000),
    from: address,
    reply_to: address.optional(),
    subject: z.string().optional(),
    content: z
      .array(content)
      .min(1, 'The content value must be an array with at least one object.')
      .refine(
        ([first, ...rest]) => first?.type === 'text/plain' || rest.every(({ type }) => type !== 'text/plain'),
        {
          message: 'If present, text/plain and text/html may only be provided once, text/plain first.',
        },
      ),
    attachments: z.array(attachment).optional(),
    custom_args: customArgs,
  })
  .refine(
    ({ subject, personalizations }) => Boolean(subject) || personalizations.every((p) => Boolean(p.subject)),
    {
      path: ['subject'],
      message:
        'The subject is required. You can get around this requirement if you use a template with a subject defined or if every personalization has a subject defined.',
    },
  );

export type MailBody = z.infer<typeof mailBodySchema>;

/** SendGrid's error shape: one entry for each fault. */
export type SendgridError = {
  readonly message: string;
  readonly field: string | null;
  readonly help: string | null;
};

export const faultsOf = (error: z.ZodError): SendgridError[] =>
  error.issues.map(({ path, message }) => ({ message, field: path.join('.') || null, help: null }));
