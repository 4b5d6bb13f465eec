import type { SandboxEmail } from '../sendgrid/email.ts';

/** The e-mail's HTML with its `cid:` pictures pointing at the attachments. Only ever served into a sandboxed frame. */
export const emailBody = (email: SandboxEmail): string =>
  email.attachments.reduce(
    (body, { contentId }, index) =>
      contentId === null
        ? body
        : body.replaceAll(`cid:${contentId}`, `/emails/${email.id}/attachments/${index}`),
    email.html ?? '',
  );
