import type { Page, PageRequest } from '../../shared/page.ts';
import type { AdminAct } from './admin-act.ts';
import type { AdminActStore } from './ports.ts';

export type ListAdminActsDeps = { readonly adminActs: Pick<AdminActStore, 'list'> };

/** What admins did, newest first. */
export const listAdminActs = ({ adminActs }: ListAdminActsDeps, page: PageRequest): Promise<Page<AdminAct>> =>
  adminActs.list(page);
