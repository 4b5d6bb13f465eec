import { z } from 'zod';
import { accountRefSchema, findAccount } from '../find-account.ts';
import type { UserStore } from '../ports.ts';
import { type AccountView, accountViewOf } from './account-view.ts';

export const getAccountSchema = z.object({ account: accountRefSchema });

export type GetAccountDeps = { readonly users: UserStore };

/** An account for an admin. Throws `thing.not_found`. */
export const getAccount = async (
  { users }: GetAccountDeps,
  { account }: z.output<typeof getAccountSchema>,
): Promise<AccountView> => accountViewOf(await findAccount(users, account));
