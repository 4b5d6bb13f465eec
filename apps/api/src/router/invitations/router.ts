import { t } from '../../trpc/trpc.ts';
import { accept } from './accept.ts';
import { create } from './create.ts';
import { decline } from './decline.ts';
import { list } from './list.ts';
import { preview } from './preview.ts';
import { resend } from './resend.ts';
import { withdraw } from './withdraw.ts';

export const invitationsRouter = t.router({ create, list, resend, withdraw, preview, accept, decline });
