import type { Command } from 'commander';
import type { CommandContext } from './command-context.ts';
import { listSuspended, reinstateAccount, showAccount, suspendAccount } from './commands/accounts.ts';
import { claimAdmin, grantAdmin, listActs, listAdmins, revokeAdmin } from './commands/admins.ts';

const ACCOUNT = ['<account>', 'user name, e-mail address or id'] as const;
const REASON = ['--reason <text>', 'why; it is recorded, for admins only'] as const;

/** The commands of those who run the platform. `paged` adds the options of a list. */
export const addAdminCommands = (
  program: Command,
  context: () => CommandContext,
  paged: (command: Command) => Command,
): void => {
  const admins = program.command('admins').description('who runs the platform');
  paged(admins.command('list').description('all admins')).action((options) => listAdmins(context(), options));
  admins
    .command('grant')
    .argument(...ACCOUNT)
    .description('make an account with a verified address an admin')
    .option(...REASON)
    .action((account, options) => grantAdmin(context(), account, options));
  admins
    .command('revoke')
    .argument(...ACCOUNT)
    .description('take the right of an admin; the last one stays')
    .requiredOption(...REASON)
    .action((account, options) => revokeAdmin(context(), account, options));
  admins
    .command('claim')
    .description('become the first admin, by FIRST_ADMIN_CODE of the API; the code is asked for')
    .option('--code-stdin', 'read the code from standard input')
    .action((options) => claimAdmin(context(), options));
  paged(admins.command('acts').description('what admins did, newest first')).action((options) =>
    listActs(context(), options),
  );

  const accounts = program.command('accounts').description('accounts, for admins');
  accounts
    .command('show')
    .argument(...ACCOUNT)
    .description('one account')
    .action((account) => showAccount(context(), account));
  paged(accounts.command('suspended').description('accounts that are shut out')).action((options) =>
    listSuspended(context(), options),
  );
  accounts
    .command('suspend')
    .argument(...ACCOUNT)
    .description('shut an account out and log it out everywhere; bookings and tickets stay its own')
    .requiredOption(...REASON)
    .action((account, options) => suspendAccount(context(), account, options));
  accounts
    .command('reinstate')
    .argument(...ACCOUNT)
    .description('let a suspended account in again')
    .requiredOption(...REASON)
    .action((account, options) => reinstateAccount(context(), account, options));
};
