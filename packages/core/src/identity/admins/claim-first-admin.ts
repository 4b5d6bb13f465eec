import { z } from 'zod';
import { DomainError } from '../../shared/errors.ts';
import type { UserId } from '../../shared/ids.ts';
import { type LimitDeps, limitAttempts } from '../attempts.ts';
import { findAccount } from '../find-account.ts';
import type { UserStore } from '../ports.ts';
import { type AccountView, accountViewOf } from './account-view.ts';
import { makeFirstAdmin } from './appoint-first-admin.ts';
import type { PerformActDeps } from './perform-act.ts';

export const claimFirstAdminSchema = z.object({ code: z.string().min(1).max(300) });
export type ClaimFirstAdmin = z.output<typeof claimFirstAdminSchema> & {
  readonly userId: UserId;
  readonly network?: string | null;
};

/** The code that whoever runs the installation has set. `matches` takes the same time for every wrong one, also when none is set. */
export type FirstAdminCode = { readonly matches: (code: string) => boolean };

export type ClaimFirstAdminDeps = PerformActDeps &
  LimitDeps & { readonly users: UserStore; readonly firstAdminCode: FirstAdminCode };

/**
 * Makes the caller the first admin, by a code that only the installation's environment tells. Throws `admin.wrong_code`,
 * `admin.exists`, `admin.address_unverified`, `auth.too_many_attempts`.
 */
export const claimFirstAdmin = async (
  deps: ClaimFirstAdminDeps,
  { userId, code, network }: ClaimFirstAdmin,
): Promise<AccountView> => {
  await limitAttempts(deps, 'present_code_per_address', network);
  if (!deps.firstAdminCode.matches(code)) throw new DomainError('admin.wrong_code', {});
  await makeFirstAdmin(deps, userId);
  return accountViewOf(await findAccount(deps.users, userId));
};
