import { Hono } from 'hono';
import { csrf } from 'hono/csrf';
import { secureHeaders } from 'hono/secure-headers';
import { z } from 'zod';
import type { Control } from '../control/control.ts';
import type { SandboxOptions } from '../options.ts';
import { StripeApiError } from '../stripe/api-error.ts';
import { emailBody } from './email-body.ts';
import { emailsView, emailView, smsView } from './message-views.ts';
import { framed, type Markup, page, VIEWS, type View } from './page.ts';
import { authenticationView, disputesView, paymentsView, refundsView } from './payment-views.ts';
import { switchesView, webhooksView } from './webhook-views.ts';

const answerSchema = z.enum(['complete', 'fail']);
const amountSchema = z.coerce.number().int().min(1).optional();
const fateSchema = z.enum(['pending', 'fails_later']);
const resultSchema = z.enum(['succeeded', 'failed']);
const movesSchema = z.enum(['escalated', 'won', 'lost']);

/** The inbox: what the providers received, with the buttons that a buyer, a bank or an impatient person would press. */
export const inboxRoutes = (control: Control, options: SandboxOptions): Hono => {
  const app = new Hono();
  const views: Record<View, () => Markup> = {
    payments: () => paymentsView(control),
    refunds: () => refundsView(control),
    disputes: () => disputesView(control),
    emails: () => emailsView(control),
    sms: () => smsView(control),
    webhooks: () => webhooksView(control),
    switches: () => switchesView(control, options),
  };
  const guarded = secureHeaders({
    // With the default, no-referrer, browsers post forms with `Origin: null`, which csrf() takes for another site.
    referrerPolicy: 'same-origin',
    contentSecurityPolicy: {
      defaultSrc: ["'none'"],
      styleSrc: ["'unsafe-inline'"],
      imgSrc: ["'self'"],
      frameSrc: ["'self'"],
      frameAncestors: ["'none'"],
    },
  });
  for (const path of ['/', '/emails/:id', '/3ds/:id']) app.use(path, guarded);
  for (const path of ['/payments/*', '/refunds/*', '/disputes/*', '/events/*', '/faults/*', '/3ds/*'])
    app.use(path, csrf());

  app.get('/', (c) => {
    const asked = c.req.query('view') ?? 'payments';
    const view = Object.hasOwn(VIEWS, asked) ? (asked as View) : 'payments';
    return c.html(framed(control, view, views[view]()));
  });

  app.get('/emails/:id', (c) => {
    const email = control.email(c.req.param('id'));
    return email === null ? c.notFound() : c.html(framed(control, 'emails', emailView(email)));
  });
  app.get('/emails/:id/body', (c) => {
    const email = control.email(c.req.param('id'));
    if (email === null || email.html === null) return c.notFound();
    // The frame is sandboxed, and so is the page in it: it stays harmless when opened on its own.
    c.header(
      'Content-Security-Policy',
      "sandbox allow-popups; default-src 'none'; img-src 'self' data:; style-src 'unsafe-inline'",
    );
    c.header('X-Content-Type-Options', 'nosniff');
    return c.html(emailBody(email));
  });
  app.get('/emails/:id/attachments/:index', (c) => {
    const file = control.email(c.req.param('id'))?.attachments[Number(c.req.param('index'))];
    if (file === undefined) return c.notFound();
    const name = encodeURIComponent(file.filename);
    return c.body(new Uint8Array(file.content), 200, {
      'Content-Type': /^[\w.+-]+\/[\w.+-]+$/.test(file.type) ? file.type : 'application/octet-stream',
      'Content-Disposition': `inline; filename*=UTF-8''${name}`,
      // An attached HTML or SVG file must not act in this page's name.
      'Content-Security-Policy': 'sandbox',
      'X-Content-Type-Options': 'nosniff',
    });
  });

  app.post('/payments/:id/:step', async (c) => {
    const { id, step } = c.req.param();
    const form = await c.req.parseBody();
    if (step === 'pay') control.pay(id, z.string().parse(form.method));
    else if (step === 'authenticate') control.authenticate(id, answerSchema.parse(form.answer));
    else if (step === 'settle') control.settle(id, resultSchema.parse(form.result));
    else if (step === 'refund') control.refundByHand(id, amountSchema.parse(form.amount) ?? null);
    else if (step === 'dispute') control.dispute(id, { amount: null, reason: 'fraudulent', inquiry: false });
    else if (step === 'inquire') control.dispute(id, { amount: null, reason: 'general', inquiry: true });
    else return c.notFound();
    return c.redirect('/?view=payments', 303);
  });
  app.post('/refunds/next', async (c) => {
    control.nextRefunds(fateSchema.parse((await c.req.parseBody()).fate));
    return c.redirect('/?view=refunds', 303);
  });
  app.post('/refunds/:id/settle', async (c) => {
    control.settleRefund(c.req.param('id'), resultSchema.parse((await c.req.parseBody()).result));
    return c.redirect('/?view=refunds', 303);
  });
  app.post('/disputes/:id/move', async (c) => {
    control.moveDispute(c.req.param('id'), movesSchema.parse((await c.req.parseBody()).to));
    return c.redirect('/?view=disputes', 303);
  });
  app.post('/events/:id/resend', async (c) => {
    await control.webhooks.resend(c.req.param('id'));
    return c.redirect('/?view=webhooks', 303);
  });
  app.post('/faults/clear', (c) => {
    control.clearFaults();
    return c.redirect('/?view=switches', 303);
  });

  app.get('/3ds/:id', (c) => {
    const intent = control.intent(c.req.param('id'));
    if (intent === null || intent.client_secret !== c.req.query('client_secret')) return c.notFound();
    return c.html(page('3-D Secure', authenticationView(intent)));
  });
  app.post('/3ds/:id', async (c) => {
    const form = await c.req.parseBody();
    const intent = control.intent(c.req.param('id'));
    if (intent === null || intent.client_secret !== form.client_secret) return c.notFound();
    const back = intent.next_action?.redirect_to_url?.return_url ?? null;
    const after = control.authenticate(intent.id, answerSchema.parse(form.answer));
    if (back === null) return c.html(page('3-D Secure', authenticationView(after)));
    const url = new URL(back);
    url.searchParams.set('payment_intent', after.id);
    url.searchParams.set('payment_intent_client_secret', after.client_secret ?? '');
    url.searchParams.set('redirect_status', after.status === 'succeeded' ? 'succeeded' : 'failed');
    return c.redirect(url.href, 303);
  });

  app.onError((error, c) => {
    if (error instanceof StripeApiError) return c.text(error.message, 409);
    if (error instanceof z.ZodError) return c.text('This form is not complete.', 400);
    throw error;
  });
  return app;
};
