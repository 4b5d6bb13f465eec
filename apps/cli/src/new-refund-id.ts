import { ulid } from 'ulid';

/** Refund ids are minted by the caller, so that a call with a lost answer can be repeated. */
export const newRefundId = (): string => `rfd_${ulid().toLowerCase()}`;
