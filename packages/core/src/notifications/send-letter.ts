import type { NotificationId } from './notification.ts';
import type { Email, EmailSender, SendResult } from './ports.ts';
import type { AccountLetter, Letter } from './templates/letter.ts';
import { letterHtml } from './templates/letter-html.ts';
import { letterText } from './templates/letter-text.ts';

/** Sends a letter as HTML and as text that says the same. */
export const sendLetter = (
  { email }: { readonly email: EmailSender },
  { id, to }: { readonly id: NotificationId; readonly to: Email['to'] },
  letter: Letter | AccountLetter,
  attachments: Email['attachments'] = [],
): Promise<SendResult> =>
  email.send({
    id,
    to,
    subject: letter.subject,
    text: letterText(letter),
    html: letterHtml(letter),
    attachments,
  });
