import { inMemoryMailTokens, inMemorySessions, inMemoryUsers } from '../testing/in-memory-identity.ts';
import { mailTokenStoreContract } from './mail-token-store.contract.ts';
import { sessionStoreContract } from './session-store.contract.ts';
import { userStoreContract } from './user-store.contract.ts';

const nothing = { [Symbol.asyncDispose]: async () => undefined };

mailTokenStoreContract(async () => ({ mailTokens: inMemoryMailTokens(), ...nothing }));
userStoreContract(async () => ({ users: inMemoryUsers(), ...nothing }));
sessionStoreContract(async () => ({ sessions: inMemorySessions(), ...nothing }));
