import type { CommandContext } from './command-context.ts';
import type { Io } from './io.ts';
import { renderTable } from './render-table.ts';

type Client = Awaited<ReturnType<CommandContext['loggedIn']>>;
export type AccountView = Awaited<ReturnType<Client['api']['admin']['getAccount']['query']>>;

const stateOf = ({ isAdmin, suspension, emailVerified }: AccountView): string => {
  if (suspension !== null) return `suspended since ${suspension.at}: ${suspension.reason}`;
  if (isAdmin) return 'admin';
  return emailVerified ? 'active' : 'address not verified';
};

/** Accounts as an admin reads them. */
export const renderAccounts = (io: Io, accounts: readonly AccountView[]): string =>
  renderTable(
    io,
    ['id', 'user name', 'e-mail address', 'since', 'state'],
    accounts.map((account) => [
      account.userId,
      account.username,
      account.email,
      account.createdAt,
      stateOf(account),
    ]),
  );
