import type { ErrorCode, ErrorDetails } from '@eventhorizon/core/shared/error-catalogue';
import type { ErrorKind } from '@eventhorizon/core/shared/error-kinds';
import { isDomainError } from '@eventhorizon/core/shared/errors';

/** A refusal as it is sent: a union by `code`, so that a client that has tested the code knows the details. */
export type DomainErrorShape = {
  [C in ErrorCode]: {
    readonly code: C;
    readonly kind: ErrorKind;
    readonly message: string;
    readonly details: ErrorDetails<C>;
  };
}[ErrorCode];

/** null for what is not a refusal: a bug, or a fault of the protocol. */
export const domainErrorShape = (error: unknown): DomainErrorShape | null =>
  isDomainError(error)
    ? // Each DomainError pairs its code with the details of that code: its constructor sees to it.
      ({
        code: error.code,
        kind: error.kind,
        message: error.message,
        details: error.details,
      } as DomainErrorShape)
    : null;
