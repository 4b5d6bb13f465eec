import type { HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import Stripe from 'stripe';
import { type Control, createControl } from './control/control.ts';
import { controlRoutes } from './control/control-routes.ts';
import { inboxRoutes } from './inbox/inbox-routes.ts';
import { DEFAULT_OPTIONS, type SandboxOptions } from './options.ts';
import type { SandboxEmail } from './sendgrid/email.ts';
import { sendgridRoutes } from './sendgrid/sendgrid-routes.ts';
import { boundedMap } from './shared/bounded-map.ts';
import { faultSwitches } from './shared/faults.ts';
import { timers } from './shared/timers.ts';
import { type StripeBackend, stripeState } from './stripe/backend.ts';
import { newEvent } from './stripe/event-object.ts';
import { stripeRoutes } from './stripe/stripe-routes.ts';
import { type SandboxSms, twilioRoutes } from './twilio/twilio-routes.ts';
import { webhookSender } from './webhooks/webhook-sender.ts';

export type Sandbox = {
  readonly app: Hono<{ Bindings: HttpBindings }>;
  readonly control: Control;
  readonly options: SandboxOptions;
  /** Ends everything that would still happen: deliveries, settlements. Held calls are let go. */
  readonly stop: () => void;
};

/** The stand-in for Stripe, SendGrid and Twilio: their HTTP APIs, the switches and the inbox page. State is in memory. */
export const createSandbox = (given: Partial<SandboxOptions> = {}): Sandbox => {
  const options: SandboxOptions = { ...DEFAULT_OPTIONS, ...given };
  const clock = timers();
  const faults = faultSwitches(options.random);
  const webhooks = webhookSender(options, clock);
  const emails = boundedMap<SandboxEmail>(options.keepEmails);
  const messages = boundedMap<SandboxSms>(options.keep);
  const nowSeconds = () => Math.floor(options.now() / 1_000);
  const backend: StripeBackend = {
    options,
    state: stripeState(options.keep),
    nowSeconds,
    emit: (type, object, cause) =>
      webhooks.publish(newEvent(type, object, cause, nowSeconds(), Stripe.API_VERSION)),
    later: clock.later,
    refundFates: [],
  };
  const control = createControl({ backend, faults, webhooks, emails, messages, clearTimers: clock.clear });
  const app = new Hono<{ Bindings: HttpBindings }>();
  app.route('/', stripeRoutes(backend, faults));
  app.route('/', sendgridRoutes(options, emails, faults));
  app.route('/', twilioRoutes(options, messages, faults));
  app.route('/', controlRoutes(control));
  app.route('/', inboxRoutes(control, options));
  return {
    app,
    control,
    options,
    stop: () => {
      clock.clear();
      webhooks.stop();
      faults.release();
    },
  };
};
