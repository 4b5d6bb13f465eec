import { Redis } from 'ioredis';
import { expect, test } from 'vitest';
import { isPortFree } from './process/free-port.ts';
import { testRedis } from './test-redis.ts';

test('every test redis is its own server, never evicts, and ends when disposed', async () => {
  const port = await (async () => {
    await using a = await testRedis();
    await using b = await testRedis({ appendonly: true });
    const [first, second] = [new Redis(a.url), new Redis(b.url)];
    await first.set('k', 'v');
    expect(await second.get('k')).toBeNull();
    expect(await first.config('GET', 'maxmemory-policy')).toEqual(['maxmemory-policy', 'noeviction']);
    expect(await first.config('GET', 'appendonly')).toEqual(['appendonly', 'no']);
    expect(await second.config('GET', 'appendonly')).toEqual(['appendonly', 'yes']);
    first.disconnect();
    second.disconnect();
    return a.port;
  })();
  expect(await isPortFree(port)).toBe(true);
});
