import type { Command } from 'commander';
import type { CommandContext } from './command-context.ts';
import { showHolders } from './commands/tickets-holders.ts';

/** Commands about tickets that were sold. */
export const addTicketCommands = (
  program: Command,
  context: () => CommandContext,
  org: readonly [string, string],
): void => {
  const tickets = program.command('tickets').description('tickets that were sold');
  tickets
    .command('holders')
    .argument('<ticket>', 'id of the ticket, of any generation')
    .description('through whose hands a ticket went')
    .option(...org)
    .action((ticket, options) => showHolders(context(), ticket, options));
};
