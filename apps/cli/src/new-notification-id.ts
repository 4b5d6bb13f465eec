import { ulid } from 'ulid';

/** Ids of letters that are sent again are minted by the caller, so that a call with a lost answer can be repeated. */
export const newNotificationId = (): string => `ntf_${ulid().toLowerCase()}`;
