import { LISTING_SORTS } from '@eventhorizon/core/listings/search-input';
import { Command, Option } from 'commander';
import { addAdminCommands } from './admin-commands.ts';
import { addBookingCommands } from './booking-commands.ts';
import { type CommandContext, commandContext, type GlobalOptions } from './command-context.ts';
import { createEvent } from './commands/events-create.ts';
import { listEvents } from './commands/events-list.ts';
import { publishEvent } from './commands/events-publish.ts';
import { login } from './commands/login.ts';
import { logout } from './commands/logout.ts';
import { createOrganization } from './commands/organizations-create.ts';
import { listOrganizations } from './commands/organizations-list.ts';
import { search } from './commands/search.ts';
import { createVenue } from './commands/venues-create.ts';
import { importSeatMap } from './commands/venues-import.ts';
import { listVenues } from './commands/venues-list.ts';
import type { CliEnv } from './env.ts';
import { addEventChanges, addIncidents } from './event-change-commands.ts';
import type { Io } from './io.ts';
import { addOrganizerSales } from './organizer-sales-commands.ts';
import { addRoomCommands } from './room-commands.ts';
import { listing, ORG, paged, pageSize, repeated } from './shared-options.ts';
import { addTeamCommands } from './team-commands.ts';
import { addTicketCommands } from './ticket-commands.ts';
import { addWaitlistCommands } from './waitlist-commands.ts';

/** All commands. Parsing throws CommanderError instead of ending the process. */
export const createProgram = (io: Io, env: CliEnv): Command => {
  const program = new Command('eventhorizon')
    .description('Sell tickets from the command line.')
    .option('--url <address>', 'where the API is (EVENTHORIZON_URL)', env.url)
    .option('--json', 'print JSON, also of errors')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => io.stdout.write(text),
      writeErr: (text) => io.stderr.write(text),
    })
    .showHelpAfterError('(add --help for what there is)');
  // Commander gives an action its arguments, then its options; what they are is declared beside it.
  const context = (): CommandContext => commandContext(io, env, program.opts<GlobalOptions>());

  program
    .command('login')
    .description('log in; the password is asked for')
    .option('-u, --username <name>', 'user name or e-mail address')
    .option('--password-stdin', 'read the password from standard input')
    .action((options) => login(context(), options));
  program
    .command('logout')
    .description('end the session')
    .action(() => logout(context()));

  program
    .command('search')
    .argument('[words...]', 'all must occur; the last may be only begun')
    .description('what is on sale')
    .option('--from <when>', 'a day like 2026-12-01, or an instant like 2026-12-01T10:00:00+01:00')
    .option('--to <when>', 'up to and with that day, or before that instant')
    .option('--city <name>')
    .option('--country <code>', 'for example DE')
    .option('--near <lat,lon>', 'a point in degrees, for example 51.34,12.37')
    .option('--radius <km>', 'how far from it, 0.1 to 500; 50 when absent', Number)
    .option('--category <name>')
    .option('--tag <name>', 'may be given again: all of them', repeated)
    .option('--organizer <id>', 'an organization')
    .option('--currency <code>', 'of prices, for example EUR')
    .option('--min-price <amount>', 'for example 12.50')
    .option('--max-price <amount>')
    .option('--available', 'without what is sold out')
    .addOption(new Option('--sort <by>', 'date when absent').choices([...LISTING_SORTS]))
    .option('--limit <n>', 'how many, 1 to 100', pageSize, 20)
    .option('--cursor <cursor>', 'go on from an earlier page of the same search')
    .action((words, options) => search(context(), words, options));

  const organizations = program.command('organizations').description('who sells');
  organizations
    .command('list')
    .description('those you belong to')
    .action(() => listOrganizations(context()));
  organizations
    .command('create')
    .argument('<name>')
    .description('open one; you become its owner')
    .action((name) => createOrganization(context(), name));

  addTeamCommands(program, context);

  const venues = program.command('venues').description('places and their seat maps');
  listing(venues.command('list').description('venues by name')).action((options) =>
    listVenues(context(), options),
  );
  venues
    .command('create')
    .description('a venue from a JSON file')
    .requiredOption('-f, --file <path>', 'name, address, city, country, location, zone; - for standard input')
    .option(...ORG)
    .action((options) => createVenue(context(), options));
  venues
    .command('import')
    .argument('<file>', 'seating plan (JSON) or seats (CSV); - for standard input')
    .description("store the next version of a venue's seat map")
    .requiredOption('--venue <id>', 'the venue')
    .option(...ORG)
    .option('--name <name>', 'a name for people')
    .addOption(
      new Option('--format <format>', 'taken from the file name when absent').choices(['plan', 'csv']),
    )
    .action((file, options) => importSeatMap(context(), file, options));

  const events = program.command('events').description('what is sold');
  listing(events.command('list').description('your events')).action((options) =>
    listEvents(context(), options),
  );
  events
    .command('create')
    .description('a draft from a JSON file')
    .requiredOption('-f, --file <path>', 'see docs/events-file.md; - for standard input')
    .option(...ORG)
    .action((options) => createEvent(context(), options));
  events
    .command('publish')
    .argument('<event>', 'id of the event')
    .description('put it on sale, now or later')
    .option('--at <instant>', 'when, for example 2026-12-01T10:00:00+01:00')
    .option(...ORG)
    .action((event, options) => publishEvent(context(), event, options));

  addEventChanges(events, context);
  addIncidents(program, context);

  addRoomCommands(program, context);
  addBookingCommands(program, context);
  addAdminCommands(program, context, paged);
  addOrganizerSales(program, context, ORG);
  addTicketCommands(program, context, ORG);
  addWaitlistCommands(program, context);
  return program;
};
