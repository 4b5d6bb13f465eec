import type { DomainError } from '@eventhorizon/core/shared/errors';
import type { SessionId, UserId, VisitorId } from '@eventhorizon/core/shared/ids';
import type { Logger } from 'pino';
import type { ApiDeps } from '../api-deps.ts';

/** Who the access token says is asking. `refused`: there is a token and it is no good (expired, forged, session over). */
export type Caller =
  | { readonly kind: 'anonymous' }
  | {
      readonly kind: 'account';
      readonly userId: UserId;
      readonly sessionId: SessionId;
      readonly isAdmin: boolean;
    }
  | { readonly kind: 'refused'; readonly error: DomainError };

/** What every procedure gets. Each procedure kind narrows it. */
export type Context = {
  readonly deps: ApiDeps;
  readonly requestId: string;
  /** Names the request in its lines. */
  readonly log: () => Logger;
  readonly caller: Caller;
  /** What the program calls itself. */
  readonly userAgent: string | null;
  /** Where the request comes from: an IPv4 address or an IPv6 network (/64); null without a connection. Asked for by few. */
  readonly network: () => string | null;
  /** From the signed cookie or the `x-visitor` header; null without a valid one. */
  readonly visitorId: VisitorId | null;
  /** The `x-pass` header, unread: what a waiting room gave. */
  readonly passToken: string | null;
  /** Gives the browser its visitor cookie along with the answer. */
  readonly rememberVisitor: (token: string) => void;
};
