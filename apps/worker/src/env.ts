import { privateJwkText } from '@eventhorizon/core/shared/jwk-text';
import { z } from 'zod';

const REAL_HOSTS = {
  STRIPE_API_BASE: 'https://api.stripe.com',
  SENDGRID_API_BASE: 'https://api.sendgrid.com',
  TWILIO_API_BASE: 'https://api.twilio.com',
} as const;

const envSchema = z
  .object({
    NODE_ENV: z.enum(['development', 'test', 'production']).default('development'),
    INTERNAL_PORT: z.coerce.number().int().min(0).max(65_535).default(3002),
    MONGODB_URI: z.string().regex(/^mongodb(\+srv)?:\/\//, 'must begin with mongodb:// or mongodb+srv://'),
    REDIS_URL: z.string().regex(/^rediss?:\/\//, 'must begin with redis:// or rediss://'),
    STRIPE_API_BASE: z.url().default(REAL_HOSTS.STRIPE_API_BASE),
    STRIPE_SECRET_KEY: z.string().min(1),
    STRIPE_WEBHOOK_SECRET: z.string().min(1),
    SENDGRID_API_BASE: z.url().default(REAL_HOSTS.SENDGRID_API_BASE),
    SENDGRID_API_KEY: z.string().min(1),
    MAIL_FROM: z.email(),
    TWILIO_API_BASE: z.url().default(REAL_HOSTS.TWILIO_API_BASE),
    TWILIO_ACCOUNT_SID: z.string().startsWith('AC', 'must be an account SID (AC…)'),
    TWILIO_AUTH_TOKEN: z.string().min(1),
    TWILIO_FROM: z.string().min(1),
    /** SMS that go out for one organization within a day; more are given up, and the e-mail has the tickets. */
    SMS_PER_ORGANIZATION_A_DAY: z.coerce.number().int().min(1).max(1_000_000).default(5_000),
    /** Where people reach the API: links in SMS. */
    PUBLIC_URL: z.url(),
    TICKET_SIGNING_KEY: privateJwkText,
    LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
  })
  .superRefine((env, context) => {
    if (env.NODE_ENV !== 'production') return;
    for (const [name, host] of Object.entries(REAL_HOSTS)) {
      if (env[name as keyof typeof REAL_HOSTS] !== host)
        context.addIssue({
          code: 'custom',
          path: [name],
          message: `must be ${host} in production: a sandbox delivers nothing`,
        });
    }
    if (!env.PUBLIC_URL.startsWith('https://'))
      context.addIssue({
        code: 'custom',
        path: ['PUBLIC_URL'],
        message: 'must begin with https:// in production',
      });
    if (!/^(sk|rk)_live_/.test(env.STRIPE_SECRET_KEY))
      context.addIssue({
        code: 'custom',
        path: ['STRIPE_SECRET_KEY'],
        message: 'must be a live key (sk_live_… or rk_live_…) in production',
      });
  });

export type Env = z.output<typeof envSchema>;

/**
 * The worker's settings. Throws one error that names every variable at fault and what it must be; never a value, because
 * most of them are secrets.
 */
export const readEnv = (source: Readonly<Record<string, string | undefined>> = process.env): Env => {
  const read = envSchema.safeParse(source);
  if (read.success) return read.data;
  const faults = read.error.issues.map(({ path, message }) => `  ${path.join('.')}: ${message}`);
  throw new Error(`The environment of the worker is not complete (see .env.example):\n${faults.join('\n')}`);
};
