import { expect, test } from 'vitest';
import { letterHtml } from './letter-html.ts';
import { letterText } from './letter-text.ts';
import { removalLetterOf } from './removal-letter-of.ts';

test('who was removed is told what ended, and is asked for nothing', () => {
  const letter = removalLetterOf({ name: 'Ada', eventTitle: 'The\nWinter Concert', offered: 2 });
  for (const said of [letterText(letter), letterHtml(letter)]) {
    expect(said).toContain('The Winter Concert');
    expect(said).toContain('offer of 2 tickets');
    expect(said).not.toContain('href=');
  }
  expect(letterText(removalLetterOf({ name: '', eventTitle: 'A', offered: 0 }))).not.toContain('offer');
});

test('a name or title with markup stays text', () => {
  const markup = '<a href="https://evil.example">win</a>';
  expect(letterHtml(removalLetterOf({ name: markup, eventTitle: markup, offered: 0 }))).not.toContain(
    '<a href',
  );
});
