import type { OfflineMethod } from '../bookings/organizer-sale.ts';
import type { UserId } from '../shared/ids.ts';
import { type Money, money } from '../shared/money.ts';
import type { Page, PageRequest } from '../shared/page.ts';
import type { Payment } from './payment.ts';
import type { PaymentStore } from './stores.ts';

/** A payment as its payer sees it: nothing of the provider's. */
export type PaymentSummary = Pick<
  Payment,
  'id' | 'bookingId' | 'eventId' | 'status' | 'due' | 'lastDecline' | 'createdAt' | 'capturedAt'
> & {
  readonly captured: Money;
  /** `provider`: online; else how an organizer took the money. */
  readonly method: OfflineMethod | 'provider';
  /** Refunds that are settled or under way. */
  readonly refunded: Money;
};

/** An account's payments, newest first. */
export const listMyPayments = async (
  { payments }: { readonly payments: Pick<PaymentStore, 'listOfUser'> },
  { userId, ...page }: PageRequest & { readonly userId: UserId },
): Promise<Page<PaymentSummary>> => {
  const { items, nextCursor } = await payments.listOfUser(userId, page);
  return { items: items.map(summaryOf), nextCursor };
};

const summaryOf = (payment: Payment): PaymentSummary => {
  const currency = payment.capturedCurrency ?? payment.due.currency;
  return {
    id: payment.id,
    bookingId: payment.bookingId,
    eventId: payment.eventId,
    status: payment.status,
    due: payment.due,
    lastDecline: payment.lastDecline,
    createdAt: payment.createdAt,
    capturedAt: payment.capturedAt,
    method: payment.offline?.method ?? 'provider',
    captured: money(payment.captured, currency),
    refunded: money(payment.refundReserved, currency),
  };
};
