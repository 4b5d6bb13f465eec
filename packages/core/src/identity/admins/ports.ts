import type { UserId } from '../../shared/ids.ts';
import type { Page, PageRequest } from '../../shared/page.ts';
import type { Tx } from '../../shared/unit-of-work.ts';
import type { Suspension, User } from '../user.ts';
import type { AdminAct } from './admin-act.ts';

/** What admins do with accounts. Changes are part of an act (performAct); false: the account is not as it must be for it. */
export type AccountAdministration = {
  readonly find: (tx: Tx, id: UserId) => Promise<User | null>;
  readonly countAdmins: (tx: Tx) => Promise<number>;
  /** Only a verified account that is not suspended. */
  readonly grantAdmin: (tx: Tx, id: UserId, at: Date) => Promise<boolean>;
  readonly revokeAdmin: (tx: Tx, id: UserId, at: Date) => Promise<boolean>;
  /** Only an account that is no admin and not suspended. */
  readonly suspend: (tx: Tx, id: UserId, suspension: Suspension) => Promise<boolean>;
  readonly reinstate: (tx: Tx, id: UserId, at: Date) => Promise<boolean>;
  /** In the order in which they registered. */
  readonly listAdmins: (page: PageRequest) => Promise<Page<User>>;
  /** The one suspended last first. */
  readonly listSuspended: (page: PageRequest) => Promise<Page<User>>;
  /** Those suspended at `since` or later who still are. */
  readonly listSuspendedSince: (since: Date) => Promise<UserId[]>;
};

/** The trail of what admins did. Nothing changes or removes a record. */
export type AdminActStore = {
  /**
   * Records it under the next number. Two transactions that record at once conflict, and one of them is run again: acts happen one
   * after the other, and each sees what those before it did.
   */
  readonly record: (tx: Tx, act: Omit<AdminAct, 'number'>) => Promise<void>;
  /** Newest first. */
  readonly list: (page: PageRequest) => Promise<Page<AdminAct>>;
};
