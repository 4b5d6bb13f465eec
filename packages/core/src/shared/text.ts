import { z } from 'zod';

/** Control characters and unpaired surrogates: nothing that people type, and unpaired surrogates do not survive UTF-8. */
const UNPRINTABLE = /[\p{Cc}\p{Surrogate}]/u;
const UNPRINTABLE_IN_LINES = /[^\P{Cc}\n\r\t]|\p{Surrogate}/u;

export const isPrintable = (text: string): boolean => !UNPRINTABLE.test(text);

/** One line that people read: trimmed, not empty, at most `max` characters, nothing unprintable. */
export const lineSchema = (max: number) =>
  z.string().trim().min(1, 'must not be empty').max(max).refine(isPrintable, 'has control characters');

/** Several lines, possibly none. */
export const proseSchema = (max: number) =>
  z
    .string()
    .max(max)
    .refine((text) => !UNPRINTABLE_IN_LINES.test(text), 'has control characters');
