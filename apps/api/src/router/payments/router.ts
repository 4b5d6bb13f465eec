import { t } from '../../trpc/trpc.ts';
import { config } from './config.ts';
import { resume } from './resume.ts';

export const paymentsRouter = t.router({ config, resume });
