import type { Secrets } from '../secrets.ts';

export const APP_NAMES = ['sandbox', 'api', 'worker'] as const;
export type AppName = (typeof APP_NAMES)[number];

export type Ports = {
  readonly api: number;
  readonly apiInternal: number;
  readonly workerInternal: number;
  readonly sandbox: number;
};

export type Wiring = {
  readonly mongoUri: string;
  readonly redisUrl: string;
  readonly secrets: Secrets;
  readonly ports: Ports;
};

const local = (port: number): string => `http://127.0.0.1:${port}`;

export const apiUrl = (ports: Ports): string => local(ports.api);
export const sandboxUrl = (ports: Ports): string => local(ports.sandbox);

/** Where each app says that it is ready. */
export const readyUrl = (name: AppName, ports: Ports): string =>
  ({
    sandbox: `${local(ports.sandbox)}/`,
    api: `${local(ports.apiInternal)}/health/ready`,
    worker: `${local(ports.workerInternal)}/health/ready`,
  })[name];

/** What the apps read from their environment, all providers pointing at the sandbox. */
export const appEnv = (name: AppName, { mongoUri, redisUrl, secrets, ports }: Wiring) => {
  const shared = {
    NODE_ENV: 'development',
    STRIPE_SECRET_KEY: secrets.STRIPE_SECRET_KEY,
    STRIPE_PUBLISHABLE_KEY: secrets.STRIPE_PUBLISHABLE_KEY,
    STRIPE_WEBHOOK_SECRET: secrets.STRIPE_WEBHOOK_SECRET,
    SENDGRID_API_KEY: secrets.SENDGRID_API_KEY,
    TWILIO_ACCOUNT_SID: secrets.TWILIO_ACCOUNT_SID,
    TWILIO_AUTH_TOKEN: secrets.TWILIO_AUTH_TOKEN,
  };
  if (name === 'sandbox') {
    return { ...shared, PORT: String(ports.sandbox), WEBHOOK_URL: `${apiUrl(ports)}/webhooks/stripe` };
  }
  return {
    ...shared,
    MONGODB_URI: mongoUri,
    REDIS_URL: redisUrl,
    PUBLIC_URL: apiUrl(ports),
    SANDBOX_URL: sandboxUrl(ports),
    STRIPE_API_BASE: sandboxUrl(ports),
    SENDGRID_API_BASE: sandboxUrl(ports),
    TWILIO_API_BASE: sandboxUrl(ports),
    TWILIO_FROM: '+15005550006',
    MAIL_FROM: 'tickets@eventhorizon.example',
    AUTH_SIGNING_KEY: secrets.AUTH_SIGNING_KEY,
    TICKET_SIGNING_KEY: secrets.TICKET_SIGNING_KEY,
    SESSION_SECRET: secrets.SESSION_SECRET,
    VISITOR_SECRET: secrets.VISITOR_SECRET,
    ...(name === 'api'
      ? { PORT: String(ports.api), INTERNAL_PORT: String(ports.apiInternal) }
      : { INTERNAL_PORT: String(ports.workerInternal) }),
  };
};
