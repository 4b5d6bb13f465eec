import { type Register, type RegisterDeps, register, registerSchema } from '../identity/register.ts';
import type { Outbox, Tx } from '../shared/unit-of-work.ts';
import { countingIds } from './counting-ids.ts';
import { fakeClock } from './fake-clock.ts';
import { inMemoryAttempts } from './in-memory-attempts.ts';
import {
  countingHasher,
  countingMailTokens,
  inMemoryMailTokens,
  inMemorySessions,
  inMemoryUsers,
  noAddressTurns,
  plainAccessTokens,
  plainRefreshTokens,
} from './in-memory-identity.ts';

/** Everything that the identity use cases need, in memory. */
export const identityWorld = () => {
  const clock = fakeClock();
  return {
    clock,
    ids: countingIds(),
    unitOfWork: { run: async <T>(work: (tx: Tx) => Promise<T>) => work({} as Tx) },
    outbox: { add: async () => undefined } as Outbox,
    addressTurns: noAddressTurns,
    users: inMemoryUsers(),
    sessions: inMemorySessions(),
    mailTokens: inMemoryMailTokens(),
    mailTokenSource: countingMailTokens(),
    hasher: countingHasher(),
    attempts: inMemoryAttempts(clock),
    accessTokens: plainAccessTokens(clock),
    refreshTokens: plainRefreshTokens(),
  };
};

export const ADA: Register = registerSchema.parse({
  username: 'Ada',
  email: 'Ada@Example.org',
  password: 'correct horse battery',
});

export const registerAda = (world: RegisterDeps) => register(world, ADA);
