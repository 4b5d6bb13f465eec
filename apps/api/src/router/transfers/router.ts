import { t } from '../../trpc/trpc.ts';
import { accept } from './accept.ts';
import { decline } from './decline.ts';
import { list } from './list.ts';
import { preview } from './preview.ts';
import { resend } from './resend.ts';
import { start } from './start.ts';
import { withdraw } from './withdraw.ts';

export const transfersRouter = t.router({ start, list, resend, withdraw, preview, accept, decline });
