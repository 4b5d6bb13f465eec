import { inMemorySessions, inMemoryUsers } from '../testing/in-memory-identity.ts';
import { sessionStoreContract } from './session-store.contract.ts';
import { userStoreContract } from './user-store.contract.ts';

const nothing = { [Symbol.asyncDispose]: async () => undefined };

userStoreContract(async () => ({ users: inMemoryUsers(), ...nothing }));
sessionStoreContract(async () => ({ sessions: inMemorySessions(), ...nothing }));
