import { describe, expect, it } from 'vitest';
import { ZodError, z } from 'zod';
import { inputError } from './input-error.ts';

const schema = z.object({ selections: z.array(z.object({ quantity: z.int().max(3) })), title: z.string() });

describe('inputError', () => {
  it('names every fault with its place', () => {
    const read = schema.safeParse({ selections: [{ quantity: 1 }, { quantity: 9 }] });
    const { details, message } = inputError(read.error ?? new ZodError([]));
    expect(details.issues.map(({ path }) => path)).toEqual(['selections[1].quantity', 'title']);
    expect(message).toContain('title is missing');
  });

  it('calls the whole input `input`', () => {
    const read = schema.safeParse('x');
    expect(inputError(read.error ?? new ZodError([])).details.issues[0]?.path).toBe('input');
  });
});
