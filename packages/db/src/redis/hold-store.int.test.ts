import { describe } from 'vitest';
import { holdStoreContract } from './hold-store.contract.ts';
import { testInventory } from './testing/inventory-fixture.ts';

describe('holds in Redis', () => {
  holdStoreContract(testInventory);
});
