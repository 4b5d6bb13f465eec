import { ENTRY_STATUSES, MAX_ENTRY_QUANTITY } from '@eventhorizon/core/waitlist/entry';
import { type Command, Option } from 'commander';
import type { CommandContext } from './command-context.ts';
import { listWaitlist } from './commands/waitlist-list.ts';
import { offerToEntry } from './commands/waitlist-offer.ts';
import { removeFromWaitlist } from './commands/waitlist-remove.ts';
import { showWaitlist } from './commands/waitlist-status.ts';
import { steerWaitlist, WAITLIST_STEERING, type WaitlistSteering } from './commands/waitlist-steer.ts';
import { withdrawOffer } from './commands/waitlist-withdraw.ts';
import { integerOption, listing, ORG } from './shared-options.ts';

/** Commands for the waitlists of events. */
export const addWaitlistCommands = (program: Command, context: () => CommandContext): void => {
  const waitlist = program.command('waitlist').description('who waits for tickets of an event');
  const ofEvent = (name: string, does: string): Command =>
    waitlist.command(name).argument('<event>', 'id of the event').description(does);
  const ofThing = (name: string, argument: readonly [string, string], does: string): Command =>
    waitlist
      .command(name)
      .argument(...argument)
      .description(does)
      .option(...ORG);

  ofEvent('status', 'how it stands')
    .option(...ORG)
    .action((event, options) => showWaitlist(context(), event, options));
  listing(ofEvent('list', 'who waits, in the order in which they are served'))
    .addOption(new Option('--status <status>', 'only these').choices([...ENTRY_STATUSES]))
    .action((event, options) => listWaitlist(context(), event, options));
  for (const [name, { does }] of Object.entries(WAITLIST_STEERING))
    ofEvent(name, does)
      .option(...ORG)
      // A key of the table that is walked.
      .action((event, options) => steerWaitlist(context(), name as WaitlistSteering, event, options));

  const entry = ['<entry>', 'id of the entry, from the list'] as const;
  ofThing('offer', entry, 'offer to one who waits, out of turn')
    .option(
      '-n, --quantity <n>',
      'fewer than are wanted, where a part is welcome',
      integerOption(1, MAX_ENTRY_QUANTITY),
    )
    .option('--id <offer>', 'of an earlier try whose answer was lost: nothing is offered twice')
    .action((id, options) => offerToEntry(context(), id, options));
  ofThing('withdraw', ['<offer>', 'id of the offer, from the list'], 'take an open offer back').action(
    (id, options) => withdrawOffer(context(), id, options),
  );
  ofThing('remove', entry, 'take an entry off the list')
    .requiredOption('--reason <text>', 'for your records; not told')
    .action((id, options) => removeFromWaitlist(context(), id, options));
};
