import { describe, expect, test } from 'vitest';
import { sampleBooking } from '../../testing/sample-booking.ts';
import type { Letter } from './letter.ts';
import { letterHtml } from './letter-html.ts';
import { letterText } from './letter-text.ts';
import { type TransferLetterInput, type TransferMatter, transferLetterOf } from './transfer-letter-of.ts';

const booking = sampleBooking();
const token = 'c0de-of-the-letter';
const ticket = {
  ticketId: booking.lines[0]?.ticketId ?? ('tkt_1' as never),
  label: 'Stalls, row 4, seat 12',
  typeName: 'Adult',
  attendeeName: 'Bob',
  code: 'EH1.new.code',
};
const expiresAt = new Date('2026-12-31T19:00:00Z');
const matters: { [K in TransferMatter['kind']]: TransferMatter } = {
  transfer_offered: { kind: 'transfer_offered', from: 'Ada Lovelace', token, expiresAt },
  transfer_received: { kind: 'transfer_received', from: 'Ada Lovelace', ticket },
  transfer_withdrawn: { kind: 'transfer_withdrawn', from: 'Ada Lovelace' },
  transfer_started: { kind: 'transfer_started' },
  transfer_accepted: { kind: 'transfer_accepted' },
  transfer_declined: { kind: 'transfer_declined' },
  transfer_taken_back: { kind: 'transfer_taken_back' },
  transfer_expired: { kind: 'transfer_expired' },
};
const letterOf = (matter: TransferMatter, over: Partial<TransferLetterInput> = {}): Letter =>
  transferLetterOf({
    matter,
    transfer: {
      email: 'bob@example.org',
      label: 'Stalls, row 4, seat 12',
      message: 'For you!\nSee you there.',
    },
    booking,
    name: 'Bob',
    ...over,
  });
const textOf = (html: string): string =>
  html
    .replace(/<style>[\s\S]*?<\/style>/g, '')
    .replace(/<[^>]*>/g, ' ')
    .replaceAll('&#39;', "'")
    .replace(/\s+/g, ' ');
const factsOf = ({ heading, greeting, footer, event, blocks }: Letter): string[] => [
  heading,
  greeting,
  footer,
  ...Object.values(event).filter((fact) => fact !== null),
  ...blocks.flatMap((block) => {
    if (block.kind === 'code') return [block.code];
    if (block.kind === 'tickets') return block.tickets.map(({ label }) => label);
    return block.kind === 'paragraph' || block.kind === 'note' ? [block.text] : [];
  }),
];

describe.each(Object.values(matters))('the letter $kind', (matter) => {
  const letter = letterOf(matter);
  test('says everything in HTML and everything in plain text', () => {
    const html = textOf(letterHtml(letter));
    const text = letterText(letter).replace(/\s+/g, ' ').toLowerCase();
    for (const fact of factsOf(letter)) {
      expect(html).toContain(fact);
      expect(text).toContain(fact.toLowerCase());
    }
  });
  test('says in its subject and summary what it is about, and no code', () => {
    for (const line of [letter.subject, letter.summary]) {
      expect(line).toContain('The Winter Concert');
      expect(line).not.toContain(token);
      expect(line).not.toContain('EH1.');
    }
  });
});

test('who has not accepted is told no number of the booking and no code of the ticket, and the sender never one', () => {
  for (const kind of ['transfer_offered', 'transfer_withdrawn'] as const) {
    const letter = letterOf(matters[kind]);
    expect(letterHtml(letter) + letterText(letter)).not.toContain(booking.reference);
  }
  for (const matter of Object.values(matters).filter((one) => !('ticket' in one)))
    expect(letterText(letterOf(matter))).not.toContain('EH1.');
});

test('an offer without a deadline names none', () => {
  expect(letterText(letterOf(matters.transfer_offered))).toContain(
    'until Thursday, 31 December 2026, 20:00 (Berlin time)',
  );
  const open = letterOf({ kind: 'transfer_offered', from: 'Ada', token, expiresAt: null });
  expect(letterText(open)).not.toContain('until');
});

test('names, labels and messages of strangers are text: no markup, no headers, no turned direction', () => {
  const hostile = '"><img src=x onerror=alert(1)>\r\nBcc: all@example.org\u202e';
  const letter = letterOf(
    { kind: 'transfer_offered', from: hostile, token, expiresAt },
    { transfer: { email: 'bob@example.org', label: hostile, message: hostile }, name: hostile },
  );
  expect(letter.subject).not.toMatch(/[\r\n\u202e]/);
  const html = letterHtml(letter);
  expect(html).not.toContain('<img src=x');
  expect(html).not.toContain('\u202e');
});
