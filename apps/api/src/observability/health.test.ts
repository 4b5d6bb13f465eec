import { describe, expect, it } from 'vitest';
import { checkReadiness } from './health.ts';

const up = () => Promise.resolve('PONG');

describe('checkReadiness', () => {
  it('is ready when everything answers', async () => {
    expect(await checkReadiness({ mongo: up, redis: up })).toEqual({
      ready: true,
      checks: { mongo: 'up', redis: 'up' },
    });
  });

  it('names what refuses and what never answers, and waits for neither', async () => {
    const refusing = () => Promise.reject(new Error('no'));
    const silent = () => new Promise<never>(() => undefined);
    expect(await checkReadiness({ mongo: refusing, redis: silent, other: up }, 5)).toEqual({
      ready: false,
      checks: { mongo: 'down', redis: 'down', other: 'up' },
    });
  });
});
