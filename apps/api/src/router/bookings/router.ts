import { t } from '../../trpc/trpc.ts';
import { bookOrQueue } from './book-or-queue.ts';
import { cancel } from './cancel.ts';
import { cancelPending } from './cancel-pending.ts';
import { cancelSold } from './cancel-sold.ts';
import { checkout } from './checkout.ts';
import { correspondence } from './correspondence.ts';
import { document } from './document.ts';
import { forceRelease } from './force-release.ts';
import { get } from './get.ts';
import { getSold } from './get-sold.ts';
import { getSoldByReference } from './get-sold-by-reference.ts';
import { giveUpTicket } from './give-up-ticket.ts';
import { list } from './list.ts';
import { listSold } from './list-sold.ts';
import { quoteCancellation } from './quote-cancellation.ts';
import { quoteSoldCancellation } from './quote-sold-cancellation.ts';
import { refunds } from './refunds.ts';
import { resend } from './resend.ts';
import { resendSold } from './resend-sold.ts';
import { tickets } from './tickets.ts';

export const bookingsRouter = t.router({
  checkout,
  bookOrQueue,
  list,
  get,
  getSold,
  getSoldByReference,
  listSold,
  cancelPending,
  forceRelease,
  quoteCancellation,
  quoteSoldCancellation,
  cancel,
  cancelSold,
  giveUpTicket,
  refunds,
  tickets,
  document,
  resend,
  resendSold,
  correspondence,
});
