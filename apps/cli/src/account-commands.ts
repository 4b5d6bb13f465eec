import type { Command } from 'commander';
import type { CommandContext } from './command-context.ts';
import { changePassword, forgotPassword, resetPassword } from './commands/password.ts';
import { changeEmail, showProfile } from './commands/profile.ts';
import { register } from './commands/register.ts';
import { listSessions, revokeSessions } from './commands/sessions.ts';
import { verify } from './commands/verify.ts';

const STDIN = ['--password-stdin', 'read it from standard input, a line each'] as const;

/** An account of one's own: opening it, its address, its password, and where it is logged in. */
export const addAccountCommands = (program: Command, context: () => CommandContext): void => {
  program
    .command('register')
    .description('open an account and log in; the password is asked for, and a code is mailed')
    .requiredOption('-u, --username <name>', '3 to 32 letters, digits, dots, dashes or underscores')
    .requiredOption('-e, --email <address>', 'where your letters go')
    .option(...STDIN)
    .action((options) => register(context(), options));
  program
    .command('verify')
    .argument('[code]', 'from the letter')
    .description('confirm your e-mail address')
    .option('--resend', 'mail another code instead')
    .action((code, options) => verify(context(), code, options));

  const profile = program.command('profile').description('your own account');
  profile
    .command('show')
    .description('who you are, and which address is confirmed')
    .action(() => showProfile(context()));
  profile
    .command('set-email')
    .argument('<address>')
    .description(
      'another address, once you confirm it with the code that is mailed there; the password is asked for',
    )
    .option(...STDIN)
    .action((email, options) => changeEmail(context(), email, options));

  const password = program.command('password').description('your password');
  password
    .command('change')
    .description('a new one by the old one; every other device is logged out')
    .option(...STDIN)
    .action((options) => changePassword(context(), options));
  password
    .command('forgotten')
    .argument('<address>', 'of the account')
    .description('mail a code for a new one')
    .action((email) => forgotPassword(context(), email));
  password
    .command('reset')
    .description('a new one by a mailed code; both are asked for, and every device is logged out')
    .option('--password-stdin', 'read the code and the new password from standard input, a line each')
    .action((options) => resetPassword(context(), options));

  const sessions = program.command('sessions').description('where you are logged in');
  sessions
    .command('list')
    .description('the one used last first')
    .action(() => listSessions(context()));
  sessions
    .command('revoke')
    .argument('[session]', 'its id')
    .description('log a device out')
    .option('--others', 'all but this one')
    .action((session, options) => revokeSessions(context(), session, options));
};
