import type { ErrorKind } from '../error-kinds.ts';

/** What one code of the catalogue says. Messages say what to do next. */
export type Refusal<D> = { readonly kind: ErrorKind; readonly message: (details: D) => string };

export const entry = <D = Record<string, never>>(
  kind: ErrorKind,
  message: (details: D) => string,
): Refusal<D> => ({ kind, message });

/** As people say it: seconds, and minutes from a minute and a half on. */
export const waitingTime = (ms: number): string => {
  const seconds = Math.max(1, Math.ceil(ms / 1_000));
  const [count, unit] = seconds < 90 ? [seconds, 'second'] : [Math.ceil(seconds / 60), 'minute'];
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
};
