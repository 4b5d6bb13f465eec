import { expect, test } from 'vitest';
import { shownName } from './shown-name.ts';

const profile = { name: null, phone: null, locale: 'en', birthYear: null, city: null, gender: null };

test('a sender is called by name, but by none that a mail program makes a link of', () => {
  expect(shownName({ profile: { ...profile, name: 'Ada Lovelace' }, username: 'ada' })).toBe('Ada Lovelace');
  expect(shownName({ profile, username: 'ada' })).toBe('ada');
  const prize = { ...profile, name: 'Your prize: https://evil.example/x' };
  expect(shownName({ profile: prize, username: 'ada' })).toBe('ada');
  expect(shownName({ profile: prize, username: 'evil.example' })).toBe('Somebody');
});
