import { type Command, Option } from 'commander';
import type { CommandContext } from './command-context.ts';
import { cancelImport } from './commands/attendees-cancel.ts';
import { importAttendees } from './commands/attendees-import.ts';
import { mailImport } from './commands/attendees-mail.ts';
import { printImport } from './commands/attendees-print.ts';
import { reportImport } from './commands/attendees-report.ts';
import { resumeImport } from './commands/attendees-resume.ts';
import { showImport } from './commands/attendees-status.ts';
import { printSold } from './commands/boxoffice-print.ts';
import { sellAtBoxOffice } from './commands/boxoffice-sell.ts';
import { PAY_CHOICES } from './settlement.ts';
import { integerOption, repeated } from './shared-options.ts';

const settled = (command: Command): Command =>
  command
    .addOption(new Option('--pay <how>', 'how it was paid').choices([...PAY_CHOICES]))
    .option('--free <reason>', 'complimentary, and why')
    .option('--over-limit <reason>', "sell more than the event's limits allow, and why");

/** Commands for selling to others: at the box office, on the telephone, from a list. */
export const addOrganizerSales = (
  program: Command,
  context: () => CommandContext,
  org: readonly [string, string],
): void => {
  const boxOffice = program.command('boxoffice').description('sell to who is at the counter or on the phone');
  settled(boxOffice.command('sell').description('sell and hand over the tickets'))
    .requiredOption('--event <id>', 'id of the event')
    .requiredOption('--type <name>', 'ticket type')
    .requiredOption('--name <name>', "the customer's name")
    .option('--seat <section/row/seat>', 'a seat; may be repeated', repeated)
    .option('--area <name>', 'places of this area')
    .option('--category <name>', 'the best seats of this price category')
    .option('-n, --quantity <n>', 'how many, 1 to 100', integerOption(1, 100), 1)
    .option('--email <address>', 'the tickets are mailed there')
    .option('--phone <number>', 'like +4930123456')
    .option('--on-phone', 'the customer is on the telephone')
    .option('--not-their-account', 'the unconfirmed account of the address is not the customer’s')
    .option('--note <text>', 'for your own records')
    .option('--no-mail', 'mail nothing')
    .option('--tickets <file>', 'save the tickets as PDF')
    .option(...org)
    .action((options) => sellAtBoxOffice(context(), options));

  boxOffice
    .command('print')
    .argument('<booking>', 'its id, or its reference like EVT-ABC123')
    .description('save the tickets of a booking that you sold')
    .option('-o, --out <file>', 'a new file; named after the booking when absent')
    .option('--receipt', 'the receipt instead')
    .option(...org)
    .action((booking, options) => printSold(context(), booking, options));

  const attendees = program.command('attendees').description('sell to a list of people');
  settled(
    attendees
      .command('import')
      .argument('<file>', 'CSV, see docs/box-office.md; - for standard input')
      .description('sell a ticket to each line of a list'),
  )
    .requiredOption('--event <id>', 'id of the event')
    .option('--mail', 'mail each attendee the ticket')
    .option('--dry-run', 'only look at the file')
    .option('--watch', 'wait until it is done')
    .option('--resume', 'go on with this file, which was imported before')
    .option('--again', 'import this file once more')
    .option(...org)
    .action((file, options) => importAttendees(context(), file, options));
  attendees
    .command('status')
    .argument('<import>', 'id of the import')
    .description('how far an import is')
    .option('--watch', 'wait until it is done')
    .option(...org)
    .action((id, options) => showImport(context(), id, options));
  attendees
    .command('resume')
    .argument('<import>', 'id of the import')
    .description('go on with one that was stopped, in your own name')
    .option(...org)
    .action((id, options) => resumeImport(context(), id, options));
  attendees
    .command('cancel')
    .argument('<import>', 'id of the import')
    .description('sell no more of it; what is sold stays sold')
    .option(...org)
    .action((id, options) => cancelImport(context(), id, options));
  attendees
    .command('report')
    .argument('<import>', 'id of the import')
    .description('what became of each line, as CSV')
    .option('-o, --out <file>', 'a new file; standard output when absent')
    .option(...org)
    .action((id, options) => reportImport(context(), id, options));
  attendees
    .command('print')
    .argument('<import>', 'id of the import')
    .description('save the tickets of a list as PDF, in parts of up to 100')
    .option('-o, --out <folder>', 'where the files go', '.')
    .option('--from <n>', 'from this part on', integerOption(1), 1)
    .option('--part <n>', 'only this part', integerOption(1))
    .option(...org)
    .action((id, options) => printImport(context(), id, options));
  attendees
    .command('mail')
    .argument('<import>', 'id of the import')
    .description(
      'mail the tickets of a list that was sold without --mail: one letter each, however often you ask',
    )
    .option('--watch', 'wait until all letters are on their way')
    .option(...org)
    .action((id, options) => mailImport(context(), id, options));
};
