import { t } from '../../trpc/trpc.ts';
import { checkout } from './checkout.ts';

export const bookingsRouter = t.router({ checkout });
