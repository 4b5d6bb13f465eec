import { expect, test } from 'vitest';
import { isAtLeast, mongodOrder, parseVersion } from './order.ts';

test('MONGODB_URI wins over everything that could be started', () => {
  expect(mongodOrder({ MONGODB_URI: 'mongodb://db/' })).toEqual(['uri']);
});

test('without a URI: the system, then a download, then the fallback under Wine', () => {
  expect(mongodOrder({})).toEqual(['system', 'download', 'wine']);
  expect(mongodOrder({ MONGODB_URI: '', DEVSTACK_MONGOD: '' })).toEqual(['system', 'download', 'wine']);
});

test('DEVSTACK_MONGOD forces one source, also over MONGODB_URI', () => {
  expect(mongodOrder({ DEVSTACK_MONGOD: 'wine', MONGODB_URI: 'mongodb://db/' })).toEqual(['wine']);
});

test('a forced source that does not exist or cannot work is refused', () => {
  expect(() => mongodOrder({ DEVSTACK_MONGOD: 'docker' })).toThrow('none of uri, system, download, wine');
  expect(() => mongodOrder({ DEVSTACK_MONGOD: 'uri' })).toThrow('needs MONGODB_URI');
});

test('versions are read from what the servers print', () => {
  expect(parseVersion('db version v7.0.15\nBuild Info: {')).toBe('7.0.15');
  expect(parseVersion('Redis server v=7.0.15 sha=00000000:0 malloc=jemalloc-5.3.0 bits=64')).toBe('7.0.15');
  expect(parseVersion('Valkey server v=8.1.1 sha=00000000:0')).toBe('8.1.1');
  expect(parseVersion('command not found')).toBeNull();
});

test('versions compare as numbers', () => {
  expect(isAtLeast('6.10.0', 6, 2)).toBe(true);
  expect(isAtLeast('6.0.16', 6, 2)).toBe(false);
  expect(isAtLeast('10.0.0', 7)).toBe(true);
  expect(isAtLeast('6.2.0', 7)).toBe(false);
});
