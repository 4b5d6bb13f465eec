import { type Register, type RegisterDeps, register, registerSchema } from '../flows/register.ts';
import type { Outbox, Tx, UnitOfWork } from '../shared/unit-of-work.ts';
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
import { inMemoryNotifications } from './in-memory-notifications.ts';

/** What is queued here is never done: see accountWorld for letters. */
const noOutbox: Outbox = { add: async () => undefined };

const noLetters: RegisterDeps['notifications'] = {
  enqueue: async (_tx, notifications) => notifications.map(({ id }) => id),
};

/** Everything that the identity use cases need, in memory. */
export const identityWorld = () => {
  const clock = fakeClock();
  const unitOfWork: UnitOfWork = { run: (work) => work({} as Tx) };
  return {
    clock,
    ids: countingIds(),
    users: inMemoryUsers(),
    sessions: inMemorySessions(),
    mailTokens: inMemoryMailTokens(),
    mailTokenSource: countingMailTokens(),
    hasher: countingHasher(),
    attempts: inMemoryAttempts(clock),
    accessTokens: plainAccessTokens(clock),
    refreshTokens: plainRefreshTokens(),
    notifications: inMemoryNotifications(),
    unitOfWork,
    outbox: noOutbox,
    addressTurns: noAddressTurns,
  };
};

export const ADA: Register = registerSchema.parse({
  username: 'Ada',
  email: 'Ada@Example.org',
  password: 'correct horse battery',
});

/** Opens an account without the letter that asks for a proof of its address, so that a test reads only its own. */
export const registerQuietly = (world: RegisterDeps, command: Register) =>
  register({ ...world, outbox: noOutbox, notifications: noLetters }, command);

export const registerAda = (world: RegisterDeps) => registerQuietly(world, ADA);
