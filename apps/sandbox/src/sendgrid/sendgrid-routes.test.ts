import { describe, expect, it } from 'vitest';
import { startSandbox } from '../start-sandbox.ts';

const MAIL = {
  personalizations: [
    { to: [{ email: 'ada@example.test', name: 'Ada' }], custom_args: { notificationId: 'ntf_1' } },
  ],
  from: { email: 'tickets@example.test' },
  subject: 'Your tickets',
  content: [
    { type: 'text/plain', value: 'Hello' },
    { type: 'text/html', value: '<p>Hello</p>' },
  ],
  attachments: [
    {
      content: Buffer.from('picture').toString('base64'),
      filename: 'qr.png',
      type: 'image/png',
      disposition: 'inline',
      content_id: 'qr',
    },
  ],
};

const post = (url: string, body: unknown, key = 'SG.sandbox') =>
  fetch(`${url}/v3/mail/send`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

describe('mail/send', () => {
  it('accepts an e-mail with 202, an empty body and a message id, and puts it into the inbox', async () => {
    await using sandbox = await startSandbox();
    const response = await post(sandbox.url, MAIL);
    expect([response.status, await response.text()]).toEqual([202, '']);
    const id = response.headers.get('x-message-id');
    expect(sandbox.control.emails()).toMatchObject([
      {
        id,
        to: ['ada@example.test'],
        subject: 'Your tickets',
        text: 'Hello',
        html: '<p>Hello</p>',
        customArgs: { notificationId: 'ntf_1' },
        attachments: [{ filename: 'qr.png', contentId: 'qr', content: Buffer.from('picture') }],
      },
    ]);
  });

  it.each([
    ['no recipient', { personalizations: [{ to: [] }] }, 'personalizations.0.to'],
    ['a bad address', { personalizations: [{ to: [{ email: 'ada' }] }] }, 'personalizations.0.to.0.email'],
    ['no sender', { from: undefined }, 'from'],
    ['no subject', { subject: '' }, 'subject'],
    ['no content', { content: [] }, 'content'],
    ['HTML before text', { content: [...MAIL.content].reverse() }, 'content'],
    [
      'an attachment that is not base64',
      { attachments: [{ content: '§§', filename: 'x' }] },
      'attachments.0.content',
    ],
  ])('refuses %s with 400 and the field', async (_what, change, field) => {
    await using sandbox = await startSandbox();
    const response = await post(sandbox.url, { ...MAIL, ...change });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({
      errors: [{ field, message: expect.any(String), help: null }],
    });
    expect(sandbox.control.emails()).toHaveLength(0);
  });

  it('refuses another key with 401', async () => {
    await using sandbox = await startSandbox();
    expect((await post(sandbox.url, MAIL, 'SG.other')).status).toBe(401);
  });

  it('an answer that is lost after the e-mail was accepted leaves it in the inbox', async () => {
    await using sandbox = await startSandbox();
    sandbox.control.fail({ calls: 'sendgrid.mail.send', mode: 'error_after', next: 1 });
    expect((await post(sandbox.url, MAIL)).status).toBe(500);
    sandbox.control.fail({ calls: 'sendgrid.mail.send', mode: 'limited', next: 1 });
    const limited = await post(sandbox.url, MAIL);
    expect([limited.status, limited.headers.get('x-ratelimit-remaining')]).toEqual([429, '0']);
    expect(sandbox.control.emails()).toHaveLength(1);
  });

  it('keeps the newest e-mails only', async () => {
    await using sandbox = await startSandbox({ keepEmails: 2 });
    for (const subject of ['one', 'two', 'three']) await post(sandbox.url, { ...MAIL, subject });
    expect(sandbox.control.emails().map(({ subject }) => subject)).toEqual(['three', 'two']);
  });
});
