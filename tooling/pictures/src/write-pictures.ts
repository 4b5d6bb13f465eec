import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { qrContentId, shownTickets } from '@eventhorizon/core/notifications/templates/letter';
import { letterHtml } from '@eventhorizon/core/notifications/templates/letter-html';
import { letterText } from '@eventhorizon/core/notifications/templates/letter-text';
import { messagePageHtml, ticketPageHtml } from '@eventhorizon/core/notifications/templates/ticket-page-html';
import { sampleBooking } from '@eventhorizon/core/testing/sample-booking';
import { qrPng } from '@eventhorizon/providers/qr/qr-png';
import { LETTER_SAMPLES } from './letter-samples.ts';
import type { Sample } from './sample.ts';
import { TICKETS } from './samples/booking-samples.ts';
import { DOCUMENT_SAMPLES } from './samples/document-samples.ts';

const ENDINGS = { tickets: 'pdf', receipt: 'pdf', calendar: 'ics' } as const satisfies Record<
  keyof typeof DOCUMENT_SAMPLES,
  string
>;

const pictureOf = async (code: string): Promise<string> =>
  `data:image/png;base64,${Buffer.from(await qrPng().png(code)).toString('base64')}`;

/** As a mail program shows it: with the attached codes in their places. */
const shownHtml = async ({ letter }: Sample): Promise<string> => {
  let html = letterHtml(letter);
  for (const { ticketId, code } of shownTickets(letter))
    html = html.replaceAll(`cid:${qrContentId(ticketId)}`, await pictureOf(code));
  return html;
};

const nameOf = (kind: string, name: string): string => (name === '' ? kind : `${kind}.${name}`);

/** Writes every document, letter, SMS and page that people get, with sample data, into a folder. Returns the files' names. */
export const writePictures = async (folder: string): Promise<string[]> => {
  await mkdir(folder, { recursive: true });
  const names: string[] = [];
  const write = async (name: string, content: string | Uint8Array): Promise<void> => {
    await writeFile(join(folder, name), content);
    names.push(name);
  };
  for (const [kind, samples] of Object.entries(LETTER_SAMPLES))
    for (const sample of samples) {
      const name = `letter-${nameOf(kind, sample.name)}`;
      await write(`${name}.html`, await shownHtml(sample));
      await write(`${name}.txt`, `Subject: ${sample.letter.subject}\n\n${letterText(sample.letter)}`);
      if (sample.sms !== null) await write(`sms-${nameOf(kind, sample.name)}.txt`, `${sample.sms}\n`);
    }
  for (const kind of ['tickets', 'receipt', 'calendar'] as const)
    for (const { name, make } of DOCUMENT_SAMPLES[kind])
      await write(`document-${nameOf(kind, name)}.${ENDINGS[kind]}`, await make());
  const tickets = await Promise.all(
    TICKETS.map(async ({ code, ticketId: _, ...ticket }) => ({ ...ticket, qr: await pictureOf(code) })),
  );
  await write('page-tickets.html', ticketPageHtml(sampleBooking(), tickets, '/t/0123456789abcdefghjk'));
  await write('page-no-tickets.html', ticketPageHtml(sampleBooking(), [], '/t/0123456789abcdefghjk'));
  await write('page-message.html', messagePageHtml('This link opens nothing', 'It may be mistyped.'));
  return names;
};
