import { t } from '../../trpc/trpc.ts';
import { config } from './config.ts';
import { list } from './list.ts';
import { ofBooking } from './of-booking.ts';
import { paidBack } from './paid-back.ts';
import { refund } from './refund.ts';
import { resume } from './resume.ts';
import { sync } from './sync.ts';

export const paymentsRouter = t.router({ config, list, resume, sync, refund, paidBack, ofBooking });
