import type { MailToken } from '../identity/mail-token.ts';
import type {
  AccessTokens,
  AddressTurns,
  MailTokenSource,
  MailTokenStore,
  PasswordHasher,
  RefreshTokens,
  SessionStore,
  UserStore,
} from '../identity/ports.ts';
import { ACCESS_TOKEN_MS } from '../identity/ports.ts';
import { MAX_LISTED_SESSIONS, type Session } from '../identity/session.ts';
import type { User } from '../identity/user.ts';
import { addMs, type Clock } from '../shared/clock.ts';
import { DomainError } from '../shared/errors.ts';
import { idSchema, type SessionId, type UserId } from '../shared/ids.ts';

/** Passes `userStoreContract`. */
export const inMemoryUsers = (): UserStore => {
  const users = new Map<UserId, User>();
  const findBy = (is: (user: User) => boolean): User | null => [...users.values()].find(is) ?? null;
  return {
    insert: async (user) => {
      if (findBy(({ emailKey }) => emailKey === user.emailKey))
        throw new DomainError('account.email_taken', {});
      if (findBy(({ usernameKey }) => usernameKey === user.usernameKey)) {
        throw new DomainError('account.username_taken', {});
      }
      users.set(user.id, user);
    },
    find: async (id) => users.get(id) ?? null,
    findMany: async (ids) => ids.flatMap((id) => users.get(id) ?? []),
    findByUsernameKey: async (key) => findBy(({ usernameKey }) => usernameKey === key),
    findByEmailKey: async (key) => findBy(({ emailKey }) => emailKey === key),
    findByEmailKeys: async (keys) => [...users.values()].filter(({ emailKey }) => keys.includes(emailKey)),
    changeProfile: async (id, changes, at) => {
      const user = users.get(id);
      if (user === undefined) return null;
      const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
      const changed = { ...user, profile: { ...user.profile, ...given }, updatedAt: at };
      users.set(id, changed);
      return changed;
    },
    replaceHash: async (id, from, to) => {
      const user = users.get(id);
      if (user?.passwordHash === from) users.set(id, { ...user, passwordHash: to });
    },
    markEmailVerified: async (id, emailKey, at) => {
      const user = users.get(id);
      if (user?.emailKey !== emailKey) return false;
      users.set(id, { ...user, emailVerifiedAt: user.emailVerifiedAt ?? at });
      return true;
    },
    markEmailWanted: async (_tx, id, proved, pendingEmail) => {
      const user = users.get(id);
      if (user?.passwordHash !== proved || user.suspension !== null) return false;
      users.set(id, { ...user, pendingEmail });
      return true;
    },
    dropEmailWanted: async (_tx, id) => {
      const user = users.get(id);
      if (user !== undefined) users.set(id, { ...user, pendingEmail: null });
    },
    changeEmail: async (_tx, id, emailKey, at) => {
      const user = users.get(id);
      if (user?.suspension !== null || user.pendingEmail?.emailKey !== emailKey) return null;
      if (findBy((other) => other.emailKey === emailKey && other.id !== id) !== null)
        throw new DomainError('account.email_taken', {});
      users.set(id, { ...user, ...user.pendingEmail, emailVerifiedAt: at, pendingEmail: null });
      return user;
    },
    changePassword: async (id, from, to, at) => {
      const user = users.get(id);
      if (user?.passwordHash !== from) return false;
      users.set(id, { ...user, passwordHash: to, passwordChangedAt: at });
      return true;
    },
  };
};

/** Nothing happens at once in memory. */
export const noAddressTurns: AddressTurns = { take: async () => undefined };

/** Passes `mailTokenStoreContract`. */
export const inMemoryMailTokens = (): MailTokenStore => {
  const tokens = new Map<string, MailToken>();
  return {
    insert: async (token) => {
      tokens.set(token.hash, token);
    },
    find: async (hash, purpose, now) => {
      const token = tokens.get(hash);
      return token?.purpose !== purpose || token.expiresAt <= now ? null : token;
    },
    take: async (hash, purpose, now) => {
      const token = tokens.get(hash);
      if (token?.purpose !== purpose || token.expiresAt <= now) return null;
      tokens.delete(hash);
      return token;
    },
    dropAll: async (userId, purpose) => {
      for (const token of tokens.values())
        if (token.userId === userId && token.purpose === purpose) tokens.delete(token.hash);
    },
  };
};

/** Tokens that count up: `token1`, `token2`. */
export const countingMailTokens = (): MailTokenSource => {
  let count = 0;
  const hashOf = (token: string): string => `hash of ${token}`;
  return {
    mint: () => {
      count += 1;
      return { token: `token${count}`, hash: hashOf(`token${count}`) };
    },
    hashOf,
  };
};

/** Passes `sessionStoreContract`. */
export const inMemorySessions = (): SessionStore => {
  const sessions = new Map<SessionId, Session>();
  return {
    insert: async (session) => {
      sessions.set(session.id, session);
    },
    find: async (id) => sessions.get(id) ?? null,
    saveRotation: async ({ id, generation, rotations, lastUsedAt, expiresAt }) => {
      const now = sessions.get(id);
      if (now === undefined || now.generation !== generation - 1 || now.endedAt !== null) return false;
      sessions.set(id, { ...now, generation, rotations, lastUsedAt, expiresAt });
      return true;
    },
    end: async (id, reason, at) => {
      const now = sessions.get(id);
      if (now?.endedAt === null) sessions.set(id, { ...now, endedAt: at, endReason: reason });
    },
    listOpen: async (userId, now) =>
      [...sessions.values()]
        .filter((s) => s.userId === userId && s.endedAt === null && s.expiresAt > now)
        .sort((a, b) => b.lastUsedAt.getTime() - a.lastUsedAt.getTime())
        .slice(0, MAX_LISTED_SESSIONS),
    listEndedSince: async (since) =>
      [...sessions.values()]
        .filter(({ endedAt }) => endedAt !== null && endedAt >= since)
        .map(({ id }) => id),
    endAll: async (userId, reason, at, { except } = {}) => {
      const open = [...sessions.values()].filter(
        (session) => session.userId === userId && session.endedAt === null && session.id !== except,
      );
      for (const session of open) sessions.set(session.id, { ...session, endedAt: at, endReason: reason });
      return open.map(({ id }) => id);
    },
    hasBegunFrom: async (userId, network) =>
      [...sessions.values()].some((session) => session.userId === userId && session.network === network),
  };
};

/** A hasher without work, that counts how often it would have worked. */
export const countingHasher = (version = 1): PasswordHasher & { readonly work: () => number } => {
  let work = 0;
  return {
    work: () => work,
    hash: async (password) => {
      work += 1;
      return `v${version}:${password}`;
    },
    verify: async (hash, password) => {
      work += 1;
      const [, of, stored] = /^v(\d+):(.*)$/s.exec(hash ?? '') ?? [];
      const matches = hash !== null && stored === password;
      return { matches, outdated: matches && of !== String(version) };
    },
  };
};

/** Access tokens without a signature. */
export const plainAccessTokens = (clock: Clock): AccessTokens & { readonly forgotten: SessionId[] } => {
  const forgotten: SessionId[] = [];
  return {
    forgotten,
    issue: async (claims) => {
      const expiresAt = addMs(clock.now(), ACCESS_TOKEN_MS);
      return { token: JSON.stringify({ ...claims, expiresAt }), expiresAt };
    },
    verify: async (token) => {
      const claims = JSON.parse(token);
      const expiresAt = new Date(claims.expiresAt);
      if (expiresAt <= clock.now()) throw new DomainError('auth.token_expired', {});
      return { ...claims, expiresAt };
    },
    forgetSession: (sessionId) => {
      forgotten.push(sessionId);
    },
    jwks: () => ({ keys: [] }),
  };
};

const sessionIdSchema = idSchema('ses');

/** Refresh tokens signed with nothing but the word `signed`. */
export const plainRefreshTokens = (): RefreshTokens => {
  const tokenOf: RefreshTokens['tokenOf'] = ({ id, salt }, generation) =>
    `${id}.${generation}.signed-${salt}`;
  let salts = 0;
  return {
    newSalt: () => {
      salts += 1;
      return `salt${salts}`;
    },
    tokenOf,
    read: (token) => {
      const [id, generation] = token.split('.');
      const sessionId = sessionIdSchema.safeParse(id);
      return sessionId.success ? { sessionId: sessionId.data, generation: Number(generation) } : null;
    },
    isAuthentic: (token, family, generation) => token === tokenOf(family, generation),
  };
};
