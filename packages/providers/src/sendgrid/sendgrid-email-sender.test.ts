import type { Email } from '@eventhorizon/core/notifications/ports';
import { SANDBOX_KEYS } from '@eventhorizon/sandbox/options';
import { startSandbox } from '@eventhorizon/sandbox/start-sandbox';
import { describe, expect, it } from 'vitest';
import { sendgridEmailSender } from './sendgrid-email-sender.ts';

const MAIL: Email = {
  id: 'ntf_01h455vb4pex5vsknk084sn02q',
  to: { email: 'ada@example.test', name: 'Ada Lovelace' },
  subject: 'Your tickets',
  text: 'Here they are.',
  html: '<p>Here they are. <img src="cid:qr-1"></p>',
  attachments: [
    { filename: 'qr-1.png', contentType: 'image/png', content: Uint8Array.of(1, 2, 3), contentId: 'qr-1' },
    { filename: 'tickets.pdf', contentType: 'application/pdf', content: Uint8Array.of(4, 5) },
  ],
};

const connected = async (change: Partial<Parameters<typeof sendgridEmailSender>[0]> = {}) => {
  const sandbox = await startSandbox();
  const sender = sendgridEmailSender({
    apiKey: SANDBOX_KEYS.sendgridApiKey,
    apiBase: sandbox.url,
    from: { email: 'tickets@example.test', name: 'EventHorizon' },
    timeoutMs: 20_000,
    ...change,
  });
  return { ...sandbox, sender };
};

describe('sending e-mail by SendGrid', () => {
  it('delivers the whole e-mail and gives the provider’s message id', async () => {
    await using sandbox = await connected();
    const result = await sandbox.sender.send(MAIL);
    const [email] = sandbox.control.emails();
    expect(result).toEqual({ outcome: 'sent', providerId: email?.id });
    expect(email).toMatchObject({
      from: 'tickets@example.test',
      to: ['ada@example.test'],
      subject: MAIL.subject,
      text: MAIL.text,
      html: MAIL.html,
      customArgs: { notificationId: MAIL.id },
      attachments: [
        { filename: 'qr-1.png', disposition: 'inline', contentId: 'qr-1', content: Buffer.of(1, 2, 3) },
        { filename: 'tickets.pdf', disposition: 'attachment', contentId: null, content: Buffer.of(4, 5) },
      ],
    });
  });

  it('an e-mail that SendGrid will never take has failed, with the field', async () => {
    await using sandbox = await connected();
    const result = await sandbox.sender.send({ ...MAIL, to: { email: 'not an address', name: null } });
    expect(result).toMatchObject({
      outcome: 'failed',
      reason: expect.stringContaining('personalizations.0.to.0.email'),
    });
  });

  it.each(['limited', 'error_before', 'error_after', 'reset_before'] as const)(
    '%s may be tried again',
    async (mode) => {
      await using sandbox = await connected();
      sandbox.control.fail({ calls: 'sendgrid.mail.send', mode, next: 1 });
      expect(await sandbox.sender.send(MAIL)).toMatchObject({ outcome: 'retry' });
      expect(await sandbox.sender.send(MAIL)).toMatchObject({ outcome: 'sent' });
    },
  );

  it('a limit says how long to wait', async () => {
    await using sandbox = await connected();
    sandbox.control.fail({ calls: 'sendgrid.mail.send', mode: 'limited', next: 1 });
    expect(await sandbox.sender.send(MAIL)).toMatchObject({
      outcome: 'retry',
      retryAfterMs: expect.any(Number),
    });
  });

  it('a time-out may be tried again: an e-mail comes at least once', async () => {
    await using sandbox = await connected({ timeoutMs: 300 });
    sandbox.control.fail({ calls: 'sendgrid.mail.send', mode: 'timeout_after', next: 1 });
    expect(await sandbox.sender.send(MAIL)).toEqual({
      outcome: 'retry',
      reason: 'no answer from SendGrid',
      retryAfterMs: null,
    });
    await expect.poll(() => sandbox.control.emails()).toHaveLength(1);
  });

  it('a key that SendGrid refuses is no fault of the e-mail, and no message carries it', async () => {
    await using sandbox = await connected({ apiKey: 'SG.stolen' });
    const result = await sandbox.sender.send(MAIL);
    expect(result.outcome).toBe('retry');
    expect(JSON.stringify(result)).not.toContain('SG.stolen');
  });
});
