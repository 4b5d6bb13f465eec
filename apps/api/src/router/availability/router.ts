import { t } from '../../trpc/trpc.ts';
import { get } from './get.ts';

export const availabilityRouter = t.router({ get });
