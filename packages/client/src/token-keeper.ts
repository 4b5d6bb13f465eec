import { singleFlight } from './single-flight.ts';
import { expiryOf, type Tokens } from './tokens.ts';

/** A token that ends sooner than this is refreshed first: it could end on the way. */
export const REFRESH_AHEAD_MS = 30_000;

export type TokenKeeperOptions = {
  readonly tokens: Tokens | null;
  /** Trades a refresh token for the next pair. */
  readonly refresh: (refreshToken: string) => Promise<Tokens>;
  /** Whether this failure means that the session is over, so that the tokens are worth nothing any more. */
  readonly isOver: (error: unknown) => boolean;
  /** Told of every change, so that they can be stored; null: logged out. */
  readonly onTokens?: ((tokens: Tokens | null) => void | Promise<void>) | undefined;
  readonly now?: () => number;
  /** Merges parallel refreshes. Tests pass another to see what happens without. */
  readonly merge?: (work: () => Promise<string | null>) => () => Promise<string | null>;
};

export type TokenKeeper = {
  readonly current: () => Tokens | null;
  readonly set: (tokens: Tokens | null) => Promise<void>;
  /** An access token that is good for a while; null when logged out. Refreshes once for all callers that ask meanwhile. */
  readonly accessToken: () => Promise<string | null>;
  /** The server refused `used`. A newer one if there is one already, else a refreshed one; null when logged out. */
  readonly replace: (used: string) => Promise<string | null>;
};

/** Keeps a pair of tokens fresh. */
export const tokenKeeper = ({
  tokens,
  refresh,
  isOver,
  onTokens,
  now = Date.now,
  merge = singleFlight,
}: TokenKeeperOptions): TokenKeeper => {
  let held = tokens;
  const set = async (next: Tokens | null) => {
    held = next;
    await onTokens?.(next);
  };
  const renew = merge(async () => {
    const before = held;
    if (before === null) return null;
    try {
      const next = await refresh(before.refreshToken);
      // Logged out, or in as somebody else, while we asked: the answer belongs to nobody.
      if (held === before) await set(next);
    } catch (error) {
      if (held === before && isOver(error)) await set(null);
      throw error;
    }
    return held?.accessToken ?? null;
  });
  return {
    current: () => held,
    set,
    accessToken: async () => {
      if (held === null) return null;
      const { accessToken } = held;
      const endsAt = expiryOf(accessToken);
      if (endsAt === null || endsAt - now() > REFRESH_AHEAD_MS) return accessToken;
      try {
        return await renew();
      } catch (error) {
        // Still good for some seconds and the session is not over: the call may succeed although the refresh did not.
        if (held !== null && endsAt > now()) return accessToken;
        throw error;
      }
    },
    replace: async (used) => (held !== null && held.accessToken !== used ? held.accessToken : renew()),
  };
};
