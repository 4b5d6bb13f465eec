import type { UserId } from '../shared/ids.ts';
import type { Page, PageRequest } from '../shared/page.ts';
import { type EntryView, type ViewEntriesDeps, viewEntries } from './entry-view.ts';
import type { WaitlistEntryStore } from './ports.ts';

export type ListMyEntriesDeps = ViewEntriesDeps & {
  readonly waitlistEntries: Pick<WaitlistEntryStore, 'listOfUser' | 'countAhead'>;
};

/** An account's entries, newest first, each with its position now and the offer that waits for an answer. */
export const listMyEntries = async (
  deps: ListMyEntriesDeps,
  { userId, ...page }: PageRequest & { readonly userId: UserId },
): Promise<Page<EntryView>> => {
  const { items, nextCursor } = await deps.waitlistEntries.listOfUser(userId, page);
  return { items: await viewEntries(deps, items), nextCursor };
};
