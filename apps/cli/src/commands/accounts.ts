import type { CommandContext } from '../command-context.ts';
import { renderAccounts } from '../render-accounts.ts';
import type { PageOptions, ReasonOptions } from './admins.ts';

/** One account, by id, user name or e-mail address. */
export const showAccount = async (context: CommandContext, account: string): Promise<void> => {
  const client = await context.loggedIn();
  const view = await client.api.admin.getAccount.query({ account });
  context.print(view, () => renderAccounts(context.io, [view]));
};

/** The suspended accounts, the last one first. */
export const listSuspended = async (context: CommandContext, page: PageOptions): Promise<void> => {
  const client = await context.loggedIn();
  const suspended = await client.api.admin.listAccounts.query({ which: 'suspended', ...page });
  context.print(suspended, () => {
    const more = suspended.nextCursor === null ? '' : `More: --cursor ${suspended.nextCursor}\n`;
    return renderAccounts(context.io, suspended.items) + more;
  });
};

/** Shuts an account out. */
export const suspendAccount = async (
  context: CommandContext,
  account: string,
  { reason }: ReasonOptions,
): Promise<void> => {
  const client = await context.loggedIn();
  const view = await client.api.admin.suspend.mutate({ account, reason });
  context.done(view, `${view.username} is suspended and logged out everywhere.`);
};

/** Lets a suspended account in again. */
export const reinstateAccount = async (
  context: CommandContext,
  account: string,
  { reason }: ReasonOptions,
): Promise<void> => {
  const client = await context.loggedIn();
  const view = await client.api.admin.reinstate.mutate({ account, reason });
  context.done(view, `${view.username} can log in again.`);
};
