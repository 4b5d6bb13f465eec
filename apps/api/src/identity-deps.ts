import { boundedHasher } from '@eventhorizon/core/identity/bounded-hasher';
import { mongoAccountAdministration } from '@eventhorizon/db/mongo/account-administration';
import { mongoAddressTurns } from '@eventhorizon/db/mongo/address-turns';
import { mongoAdminActs } from '@eventhorizon/db/mongo/admin-acts';
import { mongoInvitations } from '@eventhorizon/db/mongo/invitations';
import { mongoMailTokens } from '@eventhorizon/db/mongo/mail-tokens';
import { mongoMemberships } from '@eventhorizon/db/mongo/memberships';
import { mongoOrganizations } from '@eventhorizon/db/mongo/organizations';
import { mongoSessions } from '@eventhorizon/db/mongo/sessions';
import { mongoTeamActs } from '@eventhorizon/db/mongo/team-acts';
import { mongoUsers } from '@eventhorizon/db/mongo/users';
import { createAttemptCounter } from '@eventhorizon/db/redis/attempt-counter';
import { argon2Hasher } from '@eventhorizon/providers/identity/argon2-hasher';
import { cachedAccessTokens } from '@eventhorizon/providers/identity/cached-access-tokens';
import { firstAdminCode } from '@eventhorizon/providers/identity/first-admin-code';
import { hmacRefreshTokens } from '@eventhorizon/providers/identity/hmac-refresh-tokens';
import { joseAccessTokens } from '@eventhorizon/providers/identity/jose-access-tokens';
import { randomMailTokens } from '@eventhorizon/providers/identity/random-mail-tokens';
import type { Foundation } from './foundation-deps.ts';
import { createHearing, whileHearing } from './hearing.ts';
import { visitorTokens } from './http/visitor-token.ts';
import { systemTimers } from './live/system-timers.ts';

/** Hashing runs on libuv's four threads, and one is left to look up names and read files. Who waits last is served within seconds. */
const HASH_BOUNDS = { atOnce: 3, maxWaiting: 200 };

/** Who somebody is, and what they belong to. */
export const identityDeps = ({ env, logger, clock, db, redis }: Foundation) => {
  const signed = joseAccessTokens({
    signing: env.AUTH_SIGNING_KEY,
    verifying: env.AUTH_VERIFYING_KEYS,
    issuer: env.PUBLIC_URL,
    clock,
  });
  const hearing = createHearing(systemTimers);
  return {
    hearing,
    users: mongoUsers(db),
    addressTurns: mongoAddressTurns(db),
    administration: mongoAccountAdministration(db),
    adminActs: mongoAdminActs(db),
    teamActs: mongoTeamActs(db),
    firstAdminCode: firstAdminCode(env.FIRST_ADMIN_CODE),
    attempts: createAttemptCounter({
      redis,
      limits: env.limits,
      onOutage: (err) => logger.warn({ err }, 'attempts are counted by this process alone'),
    }),
    sessions: mongoSessions(db),
    mailTokens: mongoMailTokens(db),
    mailTokenSource: randomMailTokens,
    hasher: boundedHasher(argon2Hasher(), HASH_BOUNDS),
    accessTokens: whileHearing(cachedAccessTokens(signed, { clock }), hearing),
    refreshTokens: hmacRefreshTokens({ secrets: [env.SESSION_SECRET] }),
    visitorTokens: visitorTokens(env.VISITOR_SECRET),
    organizations: mongoOrganizations(db),
    memberships: mongoMemberships(db),
    invitations: mongoInvitations(db),
  };
};
