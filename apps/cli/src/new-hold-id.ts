import { ulid } from 'ulid';

/** Hold ids are minted by the caller, so that a call with a lost answer can be repeated. */
export const newHoldId = (): string => `hld_${ulid().toLowerCase()}`;
