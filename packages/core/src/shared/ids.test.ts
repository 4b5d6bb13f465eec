import { expect, test } from 'vitest';
import { ID_PREFIXES, type IdPrefix, idSchema, isId } from './ids.ts';

const ulid = '01h455vb4pex5vsknk084sn02q';
const prefixes = Object.keys(ID_PREFIXES) as IdPrefix[];

test('an id of one kind is none of another', () => {
  for (const own of prefixes) {
    for (const other of prefixes) expect(isId(other, `${own}_${ulid}`)).toBe(own === other);
  }
});

test('every prefix is three letters, so that ids have one length', () => {
  for (const prefix of prefixes) expect(prefix).toMatch(/^[a-z]{3}$/);
});

test.each([
  ['upper case', `evt_${ulid.toUpperCase()}`],
  ['too short', `evt_${ulid.slice(1)}`],
  ['too long', `evt_${ulid}0`],
  ['a letter Crockford leaves out', `evt_${ulid.slice(0, -1)}u`],
  ['beyond 48 bits of time', `evt_8${ulid.slice(1)}`],
  ['a line break at the end', `evt_${ulid}\n`],
  ['an operator instead of a text', { $ne: null }],
  ['nothing', undefined],
])('%s is no id', (_name, value) => {
  expect(idSchema('evt').safeParse(value).success).toBe(false);
  expect(isId('evt', value)).toBe(false);
});
