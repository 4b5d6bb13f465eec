import { Command } from 'ioredis';
import { describe, expect, it } from 'vitest';
import { newId } from '../testing/new-id.ts';
import { eventKeys } from './keys.ts';
import { ScriptCommand } from './script-command.ts';

const SHA = 'a'.repeat(40);

describe('a script call', () => {
  it.each<[string, readonly string[], (string | number)[]]>([
    ['of an event', eventKeys(newId('evt')), ['hld_1', 7, 600_000, '[{"p":0}]', '']],
    ['with more bytes than characters', ['{ä}'], ['Rang 1, Sitz 3 – „Loge“ 🎭', -1]],
    ['without keys and arguments', [], []],
  ])('goes over the wire as ioredis itself would put it: %s', (_what, keys, args) => {
    const theirs = new Command('evalsha', [SHA, keys.length, ...keys, ...args]);
    const wanted = theirs.toWritable(process.stdout);
    // Spelled twice: the second time from memory.
    for (const _time of [1, 2]) expect(new ScriptCommand(SHA, keys, args).toWritable()).toBe(wanted);
  });
});

it('the keys of an event are one list, so that it is spelled out once', () => {
  const eventId = newId('evt');
  expect(eventKeys(eventId)).toBe(eventKeys(eventId));
  expect(eventKeys(newId('evt'))).not.toEqual(eventKeys(eventId));
});
