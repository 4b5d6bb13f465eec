import { parseReference } from '@eventhorizon/core/bookings/reference';
import type { CommandContext } from '../command-context.ts';
import { UsageError } from '../usage-error.ts';
import { showSold } from './bookings-show.ts';
import { type BookingsSoldOptions, listSold } from './bookings-sold.ts';

/** Whom a caller names: a reference is of any event and is shown at once; a name or an address is looked for in one event. */
export const findSold = async (
  context: CommandContext,
  words: readonly string[],
  { event, ...options }: Omit<BookingsSoldOptions, 'find'> & { readonly event?: string },
): Promise<void> => {
  const said = words.join(' ');
  if (event !== undefined) return listSold(context, event, { ...options, find: said });
  if (parseReference(said) === null)
    throw new UsageError(
      `${JSON.stringify(said)} is no reference like EVT-ABC123. To look for a name or an address, say in which event with --event.`,
    );
  return showSold(context, said, options);
};
