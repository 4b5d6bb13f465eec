import { readEnv } from './env.ts';
import { startSandbox } from './start-sandbox.ts';

const env = readEnv();
const sandbox = await startSandbox({
  port: env.PORT,
  hostname: env.HOST,
  ...(env.SANDBOX_PUBLIC_URL === undefined ? {} : { publicUrl: env.SANDBOX_PUBLIC_URL }),
  webhookUrl: env.WEBHOOK_URL,
  rateLimit: { globalPerSecond: env.STRIPE_RATE_LIMIT, endpointPerSecond: env.STRIPE_ENDPOINT_RATE_LIMIT },
  keys: {
    stripeSecretKey: env.STRIPE_SECRET_KEY,
    stripePublishableKey: env.STRIPE_PUBLISHABLE_KEY,
    stripeWebhookSecret: env.STRIPE_WEBHOOK_SECRET,
    sendgridApiKey: env.SENDGRID_API_KEY,
    twilioAccountSid: env.TWILIO_ACCOUNT_SID,
    twilioAuthToken: env.TWILIO_AUTH_TOKEN,
  },
});
process.stdout.write(`sandbox: ${sandbox.url}, webhooks to ${env.WEBHOOK_URL}\n`);

const stop = async (): Promise<void> => {
  await sandbox[Symbol.asyncDispose]();
  process.exit(0);
};
process.once('SIGINT', stop);
process.once('SIGTERM', stop);
