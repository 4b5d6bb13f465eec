import { describe, expect, it } from 'vitest';
import { createStopwatch, percentile } from './stopwatch.ts';

describe('percentile', () => {
  it('is the nearest rank, as everybody computes it', () => {
    const hundred = Array.from({ length: 100 }, (_, i) => i + 1);
    expect(percentile(hundred, 0.5)).toBe(50);
    expect(percentile(hundred, 0.99)).toBe(99);
    expect(percentile([7], 0.99)).toBe(7);
    expect(percentile([], 0.5)).toBeNaN();
  });
});

describe('stopwatch', () => {
  it('times refused calls as well as answered ones', async () => {
    const stopwatch = createStopwatch();
    await stopwatch.time('hold', async () => 1);
    await expect(stopwatch.time('hold', () => Promise.reject(new Error('sold out')))).rejects.toThrow(
      'sold out',
    );
    expect(stopwatch.summary()).toMatchObject([{ step: 'hold', count: 2 }]);
  });
});
