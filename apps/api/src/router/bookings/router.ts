import { t } from '../../trpc/trpc.ts';
import { cancelPending } from './cancel-pending.ts';
import { checkout } from './checkout.ts';
import { correspondence } from './correspondence.ts';
import { document } from './document.ts';
import { forceRelease } from './force-release.ts';
import { get } from './get.ts';
import { getSold } from './get-sold.ts';
import { list } from './list.ts';
import { resend } from './resend.ts';
import { resendSold } from './resend-sold.ts';
import { tickets } from './tickets.ts';

export const bookingsRouter = t.router({
  checkout,
  list,
  get,
  getSold,
  cancelPending,
  forceRelease,
  tickets,
  document,
  resend,
  resendSold,
  correspondence,
});
