import type { UserId } from '../../shared/ids.ts';

export const ADMIN_ACTS = [
  'admin_granted',
  'admin_revoked',
  'account_suspended',
  'account_reinstated',
] as const;
export type AdminActKind = (typeof ADMIN_ACTS)[number];

/** An account as it was called at the time. */
export type NamedAccount = { readonly userId: UserId; readonly username: string };

/** One thing that an admin did to an account. */
export type AdminAct = {
  /** 1, 2, 3, …: a gap means that somebody removed a record. */
  readonly number: number;
  readonly kind: AdminActKind;
  /** null: whoever runs the installation made the first admin. */
  readonly by: NamedAccount | null;
  readonly account: NamedAccount;
  readonly reason: string | null;
  readonly at: Date;
};
