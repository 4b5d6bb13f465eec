import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { decodeCursor, encodeCursor, pageOf } from './cursor.ts';

const position = z.tuple([z.number(), z.string()]);

describe('cursor', () => {
  it('gives back the position it was made from', () => {
    expect(decodeCursor(encodeCursor([17, 'évt_ü']), position)).toEqual([17, 'évt_ü']);
  });

  it.each(['', 'x', '%%%', encodeCursor([1]), encodeCursor(['a', 'b']), encodeCursor([1, 'b', 2])])(
    'refuses %j as cursor.invalid',
    (cursor) => {
      expect(() => decodeCursor(cursor, position)).toThrow(
        expect.objectContaining({ code: 'cursor.invalid' }),
      );
    },
  );

  it('says that there is a next page only when one item more was read', () => {
    const positionOf = (n: number) => [n];
    expect(pageOf([1, 2, 3], 2, positionOf)).toEqual({ items: [1, 2], nextCursor: encodeCursor([2]) });
    expect(pageOf([1, 2], 2, positionOf)).toEqual({ items: [1, 2], nextCursor: null });
    expect(pageOf([], 2, positionOf)).toEqual({ items: [], nextCursor: null });
  });
});
