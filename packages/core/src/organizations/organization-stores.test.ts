import { inMemoryInvitations } from '../testing/in-memory-invitations.ts';
import { inMemoryOrganizations } from '../testing/in-memory-organizations.ts';
import { inMemoryTeamActs } from '../testing/in-memory-team-acts.ts';
import { invitationStoreContract } from './invitation-store.contract.ts';
import { organizationStoresContract } from './organization-stores.contract.ts';
import { teamActStoreContract } from './team-act-store.contract.ts';

teamActStoreContract(async () => ({
  teamActs: inMemoryTeamActs(),
  unitOfWork: inMemoryOrganizations().unitOfWork,
  [Symbol.asyncDispose]: async () => undefined,
}));

organizationStoresContract(async () => ({
  ...inMemoryOrganizations(),
  [Symbol.asyncDispose]: async () => undefined,
}));

invitationStoreContract(async () => ({
  invitations: inMemoryInvitations(),
  unitOfWork: inMemoryOrganizations().unitOfWork,
  [Symbol.asyncDispose]: async () => undefined,
}));
