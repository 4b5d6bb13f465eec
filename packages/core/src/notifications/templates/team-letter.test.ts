import { describe, expect, test } from 'vitest';
import type { AccountLetter } from './letter.ts';
import { letterHtml } from './letter-html.ts';
import { letterText } from './letter-text.ts';
import { type TeamMatter, teamLetterOf } from './team-letter-of.ts';

const expiresAt = new Date('2026-12-31T22:30:00Z');
const invitation = {
  kind: 'invitation',
  role: 'scanner',
  invitedBy: 'Olga',
  token: 'c0de',
  expiresAt,
} as const;
const matters: { [K in TeamMatter['kind']]: TeamMatter } = {
  invitation,
  invitation_declined: { kind: 'invitation_declined', email: 'sam@example.org', role: 'scanner' },
  role_changed: { kind: 'role_changed', role: 'manager' },
  member_removed: { kind: 'member_removed' },
  ownership_received: { kind: 'ownership_received', other: 'Olga' },
  ownership_given: { kind: 'ownership_given', other: 'Mara' },
};
const textOf = (html: string): string =>
  html
    .replace(/<style>[\s\S]*?<\/style>/g, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ');
const factsOf = ({ heading, greeting, footer, blocks }: AccountLetter): string[] => [
  heading,
  greeting,
  footer,
  ...blocks.flatMap((block) => {
    if (block.kind === 'code') return [block.code];
    return block.kind === 'paragraph' ? [block.text] : [];
  }),
];

describe.each(Object.values(matters))('the letter about $kind', (matter) => {
  const letter = teamLetterOf({ organizationName: 'Aurora Stages', name: 'Sam', matter });
  test('says everything in HTML and everything in plain text', () => {
    const html = textOf(letterHtml(letter));
    const text = letterText(letter).replace(/\s+/g, ' ').toLowerCase();
    for (const fact of factsOf(letter)) {
      expect(html).toContain(fact);
      expect(text).toContain(fact.toLowerCase());
    }
  });
  test('names the organization in its subject, above the letter and in its footer', () => {
    for (const place of [letter.subject, letter.title, letter.footer])
      expect(place).toContain('Aurora Stages');
    expect(letter.summary.length).toBeLessThanOrEqual(160);
  });
});

const HOSTILE = '"><img src=x onerror=alert(1)>\r\nBcc: all@example.org\u202e';
describe('names of strangers', () => {
  const letter = teamLetterOf({
    organizationName: HOSTILE,
    name: HOSTILE,
    matter: { ...invitation, invitedBy: HOSTILE },
  });
  const tags = (html: string) => html.match(/<\/?[a-z!][^\s>]*/gi) ?? [];
  test('add no tag to the letter', () => {
    const harmless = teamLetterOf({ organizationName: 'Aurora', name: 'Sam', matter: invitation });
    expect(tags(letterHtml(letter))).toEqual(tags(letterHtml(harmless)));
  });
  test('twin: without the escaping they do', () => {
    expect(tags(letterHtml(letter).replaceAll('&lt;', '<').replaceAll('&gt;', '>'))).toContain('<img');
  });
  test('start no header, no line and no other direction of writing', () => {
    expect(letter.subject).not.toMatch(/[\p{Cc}\u202e]/u);
    expect(letterText(letter)).not.toMatch(/^Bcc:/m);
    expect(letterText(letter)).not.toContain('\u202e');
  });
});
