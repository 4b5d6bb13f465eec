import { emailSchema } from '@eventhorizon/core/identity/identity-schemas';
import { privateJwkText, publicJwksText } from '@eventhorizon/core/shared/jwk-text';
import { z } from 'zod';
import { limitsOf, limitVariables, unknownLimits } from './attempt-limits.ts';

/** `true` or `false`, nothing else: a typing error must not switch something on. */
const flag = z.enum(['true', 'false']).transform((text) => text === 'true');
const port = z.coerce.number().int().min(0).max(65_535);
const count = z.coerce.number().int().min(1).max(1_000_000);
const secret = z.string().min(32, 'must have at least 32 characters');
const origins = z
  .string()
  .transform((text) => text.split(',').flatMap((part) => (part.trim() === '' ? [] : [part.trim()])))
  .pipe(z.array(z.url('must be origins like https://tickets.example, separated by commas')));

const envSchema = z
  .object({
    NODE_ENV: z.enum(['development', 'test', 'production']).default('development'),
    PORT: port.default(3000),
    INTERNAL_PORT: port.default(3001),
    MONGODB_URI: z.string().regex(/^mongodb(\+srv)?:\/\//, 'must begin with mongodb:// or mongodb+srv://'),
    REDIS_URL: z.string().regex(/^rediss?:\/\//, 'must begin with redis:// or rediss://'),
    PUBLIC_URL: z.url(),
    STRIPE_API_BASE: z.url().default('https://api.stripe.com'),
    STRIPE_SECRET_KEY: z.string().min(1),
    STRIPE_PUBLISHABLE_KEY: z.string().min(1),
    STRIPE_WEBHOOK_SECRET: z.string().min(1),
    AUTH_SIGNING_KEY: privateJwkText,
    AUTH_VERIFYING_KEYS: publicJwksText.default([]),
    TICKET_SIGNING_KEY: privateJwkText,
    SESSION_SECRET: secret,
    VISITOR_SECRET: secret,
    CORS_ORIGINS: origins.default([]),
    LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
    TRUST_PROXY: flag.default(false),
    LIVE_MAX_LISTENERS: count.default(10_000),
    LIVE_MAX_PER_ADDRESS: count.default(200),
    FIRST_ADMIN_EMAIL: emailSchema.optional(),
    FIRST_ADMIN_CODE: secret.optional(),
    ...limitVariables,
  })
  .superRefine((env, context) => {
    if (env.NODE_ENV !== 'production') return;
    const refuse = (name: string, message: string) =>
      context.addIssue({ code: 'custom', path: [name], message });
    if (env.STRIPE_API_BASE !== 'https://api.stripe.com')
      refuse('STRIPE_API_BASE', 'must be https://api.stripe.com in production: a sandbox takes no money');
    if (!/^(sk|rk)_live_/.test(env.STRIPE_SECRET_KEY))
      refuse('STRIPE_SECRET_KEY', 'must be a live key (sk_live_… or rk_live_…) in production');
    if (!env.STRIPE_PUBLISHABLE_KEY.startsWith('pk_live_'))
      refuse('STRIPE_PUBLISHABLE_KEY', 'must be a live key (pk_live_…) in production');
    if (!env.STRIPE_WEBHOOK_SECRET.startsWith('whsec_'))
      refuse('STRIPE_WEBHOOK_SECRET', 'must be an endpoint secret (whsec_…) in production');
    if (!env.PUBLIC_URL.startsWith('https://'))
      refuse('PUBLIC_URL', 'must begin with https:// in production');
  })
  .transform((env) => ({ ...env, limits: limitsOf(env) }));

export type Env = z.output<typeof envSchema>;

/**
 * The API's settings. Throws one error that names every variable at fault and what it must be; never a value, because
 * most of them are secrets.
 */
export const readEnv = (source: Readonly<Record<string, string | undefined>> = process.env): Env => {
  const read = envSchema.safeParse(source);
  const unknown = unknownLimits(source);
  if (read.success && unknown.length === 0) return read.data;
  const issues = read.error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`) ?? [];
  const faults = [...issues, ...unknown].map((fault) => `  ${fault}`).join('\n');
  throw new Error(`The environment of the API is not complete, or not right (see .env.example):\n${faults}`);
};
