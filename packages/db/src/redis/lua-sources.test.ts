import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readLuaSources, withIncludes } from './lua-sources.ts';
import { readReply, SCRIPTS } from './script-registry.ts';

const directory = new URL('./lua/', import.meta.url);
const files = readdirSync(directory).map((file) => ({
  name: file.slice(0, -4),
  text: readFileSync(new URL(file, directory), 'utf8'),
}));
const scripts = files.filter(({ name }) => !name.startsWith('lib-'));

describe('Lua files', () => {
  it('and the registry name the same scripts', () => {
    expect(scripts.map(({ name }) => name).sort()).toEqual(Object.keys(SCRIPTS).sort());
  });
  it.each(files)('$name has at most 60 lines and says what it is for', ({ name, text }) => {
    expect(text.trimEnd().split('\n').length).toBeLessThanOrEqual(60);
    expect(text).toMatch(new RegExp(`^--- ${name}: `));
  });
  it.each(scripts)('$name tells its keys, arguments and result', ({ text }) => {
    for (const part of ['-- KEYS', '-- ARGV', '-- Result']) expect(text).toContain(part);
  });
  it('are loaded with every part put in, once', () => {
    const place = readLuaSources()['place-holds'] ?? '';
    expect(place).not.toContain('@include');
    expect(place.match(/local function expire_due/g)).toHaveLength(1);
  });
  it('that include what is not there are refused by name', () => {
    const broken = new Map([['a', '--- @include "b"']]);
    expect(() => withIncludes('a', broken)).toThrow('a.lua includes "b"');
  });
});

describe('an answer of a script', () => {
  it('begins with a word of the registry', () => {
    expect(readReply('find-hold', ['found', 'x'])).toEqual({ word: 'found', rest: ['x'] });
    expect(readReply('find-hold', [Buffer.from('gone')]).word).toBe('gone');
  });
  it('with any other word is a bug', () => {
    expect(() => readReply('find-hold', ['held'])).toThrow('find-hold answered "held"');
    expect(() => readReply('find-hold', null)).toThrow(TypeError);
  });
});
