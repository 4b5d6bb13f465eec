import { type ErrorCode, type ErrorDetails, errorCatalogue } from './error-catalogue.ts';
import type { ErrorKind } from './error-kinds.ts';

/**
 * The only error that use cases throw on purpose. `code` is stable and part of the API; `message` is for people and says
 * what to do next; `details` are safe to show. Anything else that is thrown is a bug and is answered as `internal`.
 */
export class DomainError<C extends ErrorCode = ErrorCode> extends Error {
  override readonly name = 'DomainError';
  readonly code: C;
  readonly details: ErrorDetails<C>;

  constructor(code: C, details: ErrorDetails<C>, options?: { cause?: unknown }) {
    // The catalogue pairs each code with the type of its details; TypeScript cannot follow that through the index.
    super((errorCatalogue[code].message as (d: ErrorDetails<C>) => string)(details), options);
    this.code = code;
    this.details = details;
  }

  get kind(): ErrorKind {
    return errorCatalogue[this.code].kind;
  }
}

export const isDomainError = <C extends ErrorCode>(error: unknown, code?: C): error is DomainError<C> =>
  error instanceof DomainError && (code === undefined || error.code === code);
