import { BOOKING_STATUSES } from '@eventhorizon/core/bookings/booking';
import { type Command, Option } from 'commander';
import type { CommandContext } from './command-context.ts';
import { cancelBooking } from './commands/bookings-cancel.ts';
import { findSold } from './commands/bookings-find.ts';
import { showMoney } from './commands/bookings-money.ts';
import { refundBooking } from './commands/bookings-refund.ts';
import { resendBooking } from './commands/bookings-resend.ts';
import { showSold } from './commands/bookings-show.ts';
import { listSold } from './commands/bookings-sold.ts';
import { listing, ORG, repeated } from './shared-options.ts';

/** Commands about what is sold. */
export const addBookingCommands = (program: Command, context: () => CommandContext): void => {
  const bookings = program.command('bookings').description('what is sold');
  const ofBooking = (name: string, does: string): Command =>
    bookings
      .command(name)
      .argument('<booking>', 'its id, or its reference like EVT-ABC123')
      .description(does)
      .option(...ORG);
  const ofEvent = (command: Command): Command =>
    listing(command)
      .addOption(new Option('--status <status>', 'only these').choices([...BOOKING_STATUSES]))
      .option('--import <id>', 'only what this list of attendees was sold, in its order');
  ofEvent(
    bookings
      .command('sold')
      .argument('<event>', 'id of the event')
      .description('the bookings of an event, the newest first'),
  )
    .option('--find <what>', "a reference, a whole e-mail address, or words of the buyer's name")
    .action((event, options) => listSold(context(), event, options));
  ofEvent(
    bookings
      .command('find')
      .argument(
        '<words...>',
        "a reference, or with --event a whole e-mail address or words of the buyer's name",
      )
      .description('a booking by its reference, its buyer or its e-mail address'),
  )
    .option('--event <id>', 'in which event; not needed for a reference')
    .action((words, options) => findSold(context(), words, options));
  ofBooking('show', 'one booking with its tickets and its money').action((booking, options) =>
    showSold(context(), booking, options),
  );
  ofBooking('resend', 'mail the tickets again')
    .option('--email <address>', 'the right address; it is the booking’s from then on')
    .action((booking, options) => resendBooking(context(), booking, options));
  ofBooking('cancel', 'show what would go back, and with --agree cancel')
    .option('--ticket <id>', 'only this ticket; may be repeated', repeated)
    .option('--return <what>', 'policy, full, nothing, or an amount like 12.50', 'policy')
    .option('--agree <amount>', 'the amount that was shown: cancels')
    .option('--reason <text>', 'why, for the record')
    .option('--message <text>', 'what the buyer reads')
    .action((booking, options) => cancelBooking(context(), booking, options));
  ofBooking('refund', 'send money back; the tickets stay valid')
    .argument('<amount>', 'like 12.50')
    .requiredOption('--reason <text>', 'why, for the record')
    .action((booking, amount, options) => refundBooking(context(), booking, amount, options));
  ofBooking('money', 'what came in, what went back and how that stands').action((booking, options) =>
    showMoney(context(), booking, options),
  );
};
