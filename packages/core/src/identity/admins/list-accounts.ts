import { z } from 'zod';
import { type Page, pageRequestSchema } from '../../shared/page.ts';
import { type AccountView, accountViewOf } from './account-view.ts';
import type { AccountAdministration } from './ports.ts';

export const listAccountsSchema = pageRequestSchema.extend({ which: z.enum(['admins', 'suspended']) });

export type ListAccountsDeps = {
  readonly administration: Pick<AccountAdministration, 'listAdmins' | 'listSuspended'>;
};

/** The admins in the order in which they registered, or the suspended accounts, the last one first. */
export const listAccounts = async (
  { administration }: ListAccountsDeps,
  { which, ...page }: z.output<typeof listAccountsSchema>,
): Promise<Page<AccountView>> => {
  const { items, nextCursor } = await (which === 'admins'
    ? administration.listAdmins(page)
    : administration.listSuspended(page));
  return { items: items.map(accountViewOf), nextCursor };
};
