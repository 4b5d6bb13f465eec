import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DOCUMENT_KINDS } from '@eventhorizon/core/notifications/documents/document';
import { NOTICE_KINDS } from '@eventhorizon/core/notifications/notices/notice';
import { expect, it } from 'vitest';
import { LETTER_SAMPLES } from './letter-samples.ts';
import { writePictures } from './write-pictures.ts';

const written = async () => {
  const folder = await mkdtemp(join(tmpdir(), 'pictures-'));
  const names = await writePictures(folder);
  return {
    names,
    read: (name: string) => readFile(join(folder, name), 'utf8'),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true }),
  };
};

it('every kind of notice and document has a picture, and no two the same name', async () => {
  await using t = await written();
  const kindsOf = (start: string, ending: string) =>
    new Set(
      t.names
        .filter((name) => name.startsWith(start) && name.endsWith(ending))
        .map((name) => name.slice(start.length).split('.')[0]),
    );
  expect(kindsOf('letter-', '.html')).toEqual(new Set(NOTICE_KINDS));
  expect(kindsOf('letter-', '.txt')).toEqual(new Set(NOTICE_KINDS));
  expect(kindsOf('document-', '')).toEqual(new Set(DOCUMENT_KINDS));
  expect(new Set(t.names).size).toBe(t.names.length);
});

it('the pictures of a letter need nothing but their file', async () => {
  await using t = await written();
  const html = await t.read('letter-booking_confirmed.html');
  expect(html).not.toContain('cid:');
  expect(html.match(/data:image\/png/g)).toHaveLength(3);
});

it('no letter and no SMS says what only a program understands, or leaves a gap', () => {
  for (const [kind, samples] of Object.entries(LETTER_SAMPLES)) {
    expect([kind, samples.length]).not.toEqual([kind, 0]);
    for (const { letter, sms } of samples) {
      const { subject, summary, heading, blocks } = letter;
      const said = [
        subject,
        summary,
        heading,
        ...blocks.flatMap((b) => ('text' in b ? b.text : [])),
        sms ?? '',
      ];
      for (const text of said)
        expect([kind, text]).toEqual([
          kind,
          expect.not.stringMatching(/undefined|null|NaN|\[object| {2}|, ,|\(\)/),
        ]);
    }
  }
});
