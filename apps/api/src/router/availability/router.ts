import { t } from '../../trpc/trpc.ts';
import { get } from './get.ts';
import { live } from './live.ts';

export const availabilityRouter = t.router({ get, live });
