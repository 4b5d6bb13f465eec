import type { Command } from 'commander';
import type { CommandContext } from './command-context.ts';
import { cancelBooking } from './commands/bookings-cancel.ts';
import { showMoney } from './commands/bookings-money.ts';
import { refundBooking } from './commands/bookings-refund.ts';
import { ORG, repeated } from './shared-options.ts';

/** Commands about what is sold. */
export const addBookingCommands = (program: Command, context: () => CommandContext): void => {
  const bookings = program.command('bookings').description('what is sold');
  const ofBooking = (name: string, does: string): Command =>
    bookings
      .command(name)
      .argument('<booking>', 'id of the booking')
      .description(does)
      .option(...ORG);
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
