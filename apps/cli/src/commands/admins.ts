import type { CommandContext } from '../command-context.ts';
import { readPassword } from '../read-password.ts';
import { renderAccounts } from '../render-accounts.ts';
import { renderTable } from '../render-table.ts';

export type PageOptions = { readonly limit: number; readonly cursor?: string };
export type ReasonOptions = { readonly reason: string };

const more = (nextCursor: string | null): string =>
  nextCursor === null ? '' : `More: --cursor ${nextCursor}\n`;

/** Who runs the platform. */
export const listAdmins = async (context: CommandContext, page: PageOptions): Promise<void> => {
  const client = await context.loggedIn();
  const admins = await client.api.admin.listAccounts.query({ which: 'admins', ...page });
  context.print(admins, () => renderAccounts(context.io, admins.items) + more(admins.nextCursor));
};

/** Makes an account an admin. */
export const grantAdmin = async (
  context: CommandContext,
  account: string,
  { reason }: Partial<ReasonOptions>,
): Promise<void> => {
  const client = await context.loggedIn();
  const view = await client.api.admin.grant.mutate({ account, reason: reason ?? null });
  context.done(view, `${view.username} is an admin.`);
};

/** Takes the right of an admin. */
export const revokeAdmin = async (
  context: CommandContext,
  account: string,
  { reason }: ReasonOptions,
): Promise<void> => {
  const client = await context.loggedIn();
  const view = await client.api.admin.revoke.mutate({ account, reason });
  context.done(view, `${view.username} is no admin any more.`);
};

/** Makes who is logged in the first admin; the code is never an argument. */
export const claimAdmin = async (
  context: CommandContext,
  { codeStdin }: { readonly codeStdin?: true },
): Promise<void> => {
  const client = await context.loggedIn();
  const code = await readPassword(context.io, codeStdin === true, {
    asks: 'FIRST_ADMIN_CODE',
    option: '--code-stdin',
  });
  const view = await client.api.admin.claim.mutate({ code });
  context.done(view, `${view.username} is the first admin.`);
};

/** What admins did. */
export const listActs = async (context: CommandContext, page: PageOptions): Promise<void> => {
  const client = await context.loggedIn();
  const acts = await client.api.admin.listActs.query(page);
  context.print(acts, () => {
    const rows = acts.items.map(({ number, at, by, kind, account, reason }) => [
      String(number),
      at,
      by?.username ?? '(the installation)',
      kind.replace('_', ' '),
      account.username,
      reason ?? '',
    ]);
    return renderTable(context.io, ['no.', 'when', 'who', 'did', 'to', 'why'], rows) + more(acts.nextCursor);
  });
};
