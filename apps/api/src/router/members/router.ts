import { t } from '../../trpc/trpc.ts';
import { changeRole } from './change-role.ts';
import { history } from './history.ts';
import { leave } from './leave.ts';
import { list } from './list.ts';
import { remove } from './remove.ts';
import { transferOwnership } from './transfer-ownership.ts';

export const membersRouter = t.router({ list, history, changeRole, remove, leave, transferOwnership });
