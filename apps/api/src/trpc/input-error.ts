import { DomainError } from '@eventhorizon/core/shared/errors';
import { ZodError } from 'zod';

/** `selections[0].quantity`; `input` for the whole. */
const pathText = (path: readonly PropertyKey[]): string =>
  path.reduce<string>(
    (text, part) =>
      typeof part === 'number' ? `${text}[${part}]` : text === '' ? String(part) : `${text}.${String(part)}`,
    '',
  ) || 'input';

/** Read after the path: `title is missing`. */
const sentence = (message: string): string =>
  / received undefined$/.test(message) ? 'is missing' : message.replace(/^Invalid input: /, 'is not valid: ');

/** Every fault of an input with its place, as `input.invalid`. */
export const inputError = (error: ZodError): DomainError<'input.invalid'> =>
  new DomainError(
    'input.invalid',
    {
      issues: error.issues.map(({ path, message }) => ({ path: pathText(path), message: sentence(message) })),
    },
    { cause: error },
  );

/** The fault when tRPC's input parser refused: only then does a ZodError come with BAD_REQUEST; any other is a bug of ours. */
export const isInputFault = (code: string, cause: unknown): cause is ZodError =>
  code === 'BAD_REQUEST' && cause instanceof ZodError;
