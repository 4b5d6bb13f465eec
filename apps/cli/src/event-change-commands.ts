import { INCIDENT_KINDS } from '@eventhorizon/core/payments/incident';
import { type Command, Option } from 'commander';
import type { CommandContext } from './command-context.ts';
import { cancelEvent } from './commands/events-cancel.ts';
import { postponeEvent } from './commands/events-postpone.ts';
import { showProgress } from './commands/events-progress.ts';
import { rescheduleEvent } from './commands/events-reschedule.ts';
import { listIncidents } from './commands/incidents-list.ts';
import { DECISIONS, resolveIncident } from './commands/incidents-resolve.ts';
import { integerOption, listing, ORG } from './shared-options.ts';

/** Commands for what happens to an event after tickets were sold, under `events`. */
export const addEventChanges = (events: Command, context: () => CommandContext): void => {
  const ofEvent = (name: string, does: string): Command =>
    events
      .command(name)
      .argument('<event>', 'id of the event')
      .description(does)
      .option(...ORG);
  const postponing = (command: Command): Command =>
    command
      .option('--reason <text>', 'buyers are told')
      .option('--refund-days <n>', 'so long everybody gets everything back, 0 to 365', integerOption(0, 365));
  ofEvent('cancel', 'end every booking and send all money back; cannot be taken back')
    .requiredOption('--reason <text>', 'buyers are told')
    .requiredOption('--title <title>', "the event's title, to confirm it")
    .option('--watch', 'wait until everybody is reached')
    .action((event, options) => cancelEvent(context(), event, options));
  postponing(ofEvent('postpone', 'no date for the time being: tickets stay valid, the sale pauses')).action(
    (event, options) => postponeEvent(context(), event, options),
  );
  postponing(ofEvent('reschedule', 'another date: tickets stay valid, on sale (again)'))
    .requiredOption('--starts <time>', 'as the wall at the venue shows it, like 2026-12-31T20:00')
    .requiredOption('--ends <time>', 'the same')
    .option('--doors <time>', 'the same')
    .action((event, options) => rescheduleEvent(context(), event, options));
  ofEvent('progress', 'how far a cancellation, a postponement or a new date has got')
    .option('--watch', 'wait until everybody is reached')
    .action((event, options) => showProgress(context(), event, options));
};

/** Commands for what needs a person. */
export const addIncidents = (program: Command, context: () => CommandContext): void => {
  const incidents = program.command('incidents').description('what needs a person');
  listing(incidents.command('list').description('what to look at, and what to do about it'))
    .addOption(new Option('--kind <kind>', 'only these').choices([...INCIDENT_KINDS]))
    .option('--event <id>', 'only of this event')
    .option('--resolved', 'those that were closed')
    .action((options) => listIncidents(context(), options));
  incidents
    .command('resolve')
    .argument('<incident>', 'id of the incident')
    .description('close it with a note')
    .requiredOption('--note <text>', 'what was done about it')
    .addOption(new Option('--decision <decision>', 'where money waits for one').choices([...DECISIONS]))
    .option(...ORG)
    .action((id, options) => resolveIncident(context(), id, options));
};
