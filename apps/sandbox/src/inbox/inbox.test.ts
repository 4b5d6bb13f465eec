import { describe, expect, it } from 'vitest';
import { stripeSandbox, TEN_EUROS } from '../testing/stripe-sandbox.ts';

const EVIL = '<script>alert(1)</script>';

const mail = (url: string, change: object = {}) =>
  fetch(`${url}/v3/mail/send`, {
    method: 'POST',
    headers: { authorization: 'Bearer SG.sandbox', 'content-type': 'application/json' },
    body: JSON.stringify({
      personalizations: [{ to: [{ email: 'ada@example.test' }] }],
      from: { email: 'tickets@example.test' },
      subject: EVIL,
      content: [{ type: 'text/html', value: `<p>${EVIL}<img src="cid:qr"></p>` }],
      attachments: [
        {
          content: Buffer.from('picture').toString('base64'),
          filename: 'qr"\r\n.png',
          type: 'image/png',
          content_id: 'qr',
        },
        { content: Buffer.from(EVIL).toString('base64'), filename: 'page.html', type: 'text/html' },
      ],
      ...change,
    }),
  });

const press = (url: string, fields: Record<string, string> = {}, origin = new URL(url).origin) =>
  fetch(url, { method: 'POST', body: new URLSearchParams(fields), headers: { origin }, redirect: 'manual' });

describe('the inbox page', () => {
  it('shows every view, with and without things in it', async () => {
    await using sandbox = await stripeSandbox();
    const view = async (name: string) => (await fetch(`${sandbox.url}/?view=${name}`)).text();
    const names = ['payments', 'refunds', 'emails', 'sms', 'webhooks', 'switches', 'nonsense'];
    for (const name of names) expect(await view(name)).toContain('EventHorizon sandbox');
    const { id } = await sandbox.stripe.paymentIntents.create({
      ...TEN_EUROS,
      description: `Night <b>concert</b>`,
    });
    sandbox.control.pay(id, 'pm_card_chargeDeclined');
    const payments = await view('payments');
    expect(payments).toContain('10.00 EUR');
    expect(payments).toContain('Night &lt;b&gt;concert&lt;/b&gt;');
    expect(payments).toContain('Your card was declined.');
  });

  it('escapes what an e-mail says, and shows its HTML in a frame that may do nothing', async () => {
    await using sandbox = await stripeSandbox();
    await mail(sandbox.url);
    const id = sandbox.control.emails()[0]?.id;
    for (const path of ['/?view=emails', `/emails/${id}`]) {
      const page = await (await fetch(sandbox.url + path)).text();
      expect(page).toContain('&lt;script&gt;');
      expect(page).not.toContain(EVIL);
    }
    expect(await (await fetch(`${sandbox.url}/emails/${id}`)).text()).toContain('sandbox="allow-popups"');
    const body = await fetch(`${sandbox.url}/emails/${id}/body`);
    expect(body.headers.get('content-security-policy')).toMatch(/^sandbox allow-popups; default-src 'none'/);
    expect(await body.text()).toContain(`<img src="/emails/${id}/attachments/0">`);
  });

  it('opens attachments, and lets none of them act in its name', async () => {
    await using sandbox = await stripeSandbox();
    await mail(sandbox.url);
    const id = sandbox.control.emails()[0]?.id;
    const [picture, page, none] = await Promise.all(
      [0, 1, 2].map((index) => fetch(`${sandbox.url}/emails/${id}/attachments/${index}`)),
    );
    expect(picture?.headers.get('content-type')).toBe('image/png');
    expect(picture?.headers.get('content-disposition')).toBe("inline; filename*=UTF-8''qr%22%0D%0A.png");
    expect(await picture?.text()).toBe('picture');
    expect(page?.headers.get('content-security-policy')).toBe('sandbox');
    expect(none?.status).toBe(404);
  });

  it('has buttons that pay, decline, authenticate, settle and refund', async () => {
    await using sandbox = await stripeSandbox();
    const status = async (method: string, ...steps: [string, Record<string, string>][]) => {
      const { id } = await sandbox.stripe.paymentIntents.create(TEN_EUROS);
      for (const [step, fields] of [['pay', { method }] as const, ...steps])
        expect((await press(`${sandbox.url}/payments/${id}/${step}`, fields)).status).toBe(303);
      return sandbox.control.intent(id)?.status;
    };
    expect(await status('pm_card_visa', ['refund', {}])).toBe('succeeded');
    expect(sandbox.control.refunds()).toMatchObject([{ amount: 1_000 }]);
    expect(await status('pm_card_chargeDeclined')).toBe('requires_payment_method');
    expect(await status('pm_card_threeDSecure2Required', ['authenticate', { answer: 'complete' }])).toBe(
      'succeeded',
    );
    expect(await status('pm_usBankAccount_processing', ['settle', { result: 'failed' }])).toBe(
      'requires_payment_method',
    );
    const refund = sandbox.control.refunds()[0]?.id;
    expect((await press(`${sandbox.url}/refunds/${refund}/settle`, { result: 'failed' })).status).toBe(303);
    expect((await press(`${sandbox.url}/refunds/${refund}/settle`, { result: 'failed' })).status).toBe(409);
  });

  it('has buttons that refund a part, and that let the next refund stay pending', async () => {
    await using sandbox = await stripeSandbox({ settleDelayMs: 3_600_000 });
    const { id } = await sandbox.stripe.paymentIntents.create(TEN_EUROS);
    sandbox.control.pay(id);
    const refund = (fields: Record<string, string>) => press(`${sandbox.url}/payments/${id}/refund`, fields);
    expect((await refund({ amount: '400' })).status).toBe(303);
    expect((await press(`${sandbox.url}/refunds/next`, { fate: 'pending' })).status).toBe(303);
    expect((await refund({})).status).toBe(303);
    const made = sandbox.control.refunds().map(({ amount, status }) => `${amount} ${status}`);
    expect(made.toSorted()).toEqual(['400 succeeded', '600 pending']);
    expect((await refund({ amount: '0.5' })).status).toBe(400);
  });

  it('lets no other site press its buttons', async () => {
    await using sandbox = await stripeSandbox();
    const { id } = await sandbox.stripe.paymentIntents.create(TEN_EUROS);
    const pay = `${sandbox.url}/payments/${id}/pay`;
    const foreign = await press(pay, { method: 'pm_card_visa' }, 'https://elsewhere.test');
    expect(foreign.status).toBe(403);
    expect(sandbox.control.intent(id)?.status).toBe('requires_payment_method');
    expect((await press(pay, { method: 'pm_card_visa' })).status).toBe(303);
  });
});

describe('the 3-D Secure page', () => {
  it('sends the buyer back with the outcome', async () => {
    await using sandbox = await stripeSandbox();
    const { id } = await sandbox.stripe.paymentIntents.create(TEN_EUROS);
    const asked = await sandbox.stripe.paymentIntents.confirm(id, {
      payment_method: 'pm_card_threeDSecure2Required',
      return_url: 'http://127.0.0.1:3000/back?booking=1',
    });
    const url = asked.next_action?.redirect_to_url?.url ?? '';
    expect(await (await fetch(url)).text()).toContain('Is it you who is paying?');
    const fields = { answer: 'complete', client_secret: asked.client_secret ?? '' };
    const back = await press(`${sandbox.url}/3ds/${id}`, fields);
    expect(back.headers.get('location')).toContain(
      `http://127.0.0.1:3000/back?booking=1&payment_intent=${id}&`,
    );
    expect(back.headers.get('location')).toContain('redirect_status=succeeded');
    expect(await (await fetch(url)).text()).toContain('Nothing to confirm any more');
  });

  it('is not there without the client secret', async () => {
    await using sandbox = await stripeSandbox();
    const { id } = await sandbox.stripe.paymentIntents.create(TEN_EUROS);
    sandbox.control.pay(id, 'pm_card_threeDSecure2Required');
    expect((await fetch(`${sandbox.url}/3ds/${id}`)).status).toBe(404);
    expect(
      (await press(`${sandbox.url}/3ds/${id}`, { answer: 'complete', client_secret: 'guess' })).status,
    ).toBe(404);
    expect(sandbox.control.intent(id)?.status).toBe('requires_action');
  });
});
