import { inMemoryInvitations } from '../testing/in-memory-invitations.ts';
import { inMemoryOrganizations } from '../testing/in-memory-organizations.ts';
import { invitationStoreContract } from './invitation-store.contract.ts';
import { organizationStoresContract } from './organization-stores.contract.ts';

organizationStoresContract(async () => ({
  ...inMemoryOrganizations(),
  [Symbol.asyncDispose]: async () => undefined,
}));

invitationStoreContract(async () => ({
  invitations: inMemoryInvitations(),
  unitOfWork: inMemoryOrganizations().unitOfWork,
  [Symbol.asyncDispose]: async () => undefined,
}));
