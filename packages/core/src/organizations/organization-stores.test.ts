import { inMemoryOrganizations } from '../testing/in-memory-organizations.ts';
import { organizationStoresContract } from './organization-stores.contract.ts';

organizationStoresContract(async () => ({
  ...inMemoryOrganizations(),
  [Symbol.asyncDispose]: async () => undefined,
}));
