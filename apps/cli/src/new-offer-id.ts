import { ulid } from 'ulid';

/** Offer ids are minted by the caller, so that a call with a lost answer can be repeated. */
export const newOfferId = (): string => `ofr_${ulid().toLowerCase()}`;
