import type { BookingId, EventChangeId, UserId } from '../../shared/ids.ts';
import type { Money } from '../../shared/money.ts';

/** What buyers are told of a change of their event. `reason`: in the organizer's words. */
export type EventChangeNotice =
  | {
      readonly kind: 'event_cancelled';
      readonly bookingId: BookingId;
      readonly reason: string;
      /** null: there is nothing that could come back. */
      readonly comesBack: { readonly amount: Money; readonly byHand: boolean } | null;
      /** It costs something, and no money has come for it. */
      readonly unpaid: boolean;
      readonly holderId?: UserId;
    }
  | (AboutChange & { readonly kind: 'event_postponed' })
  /** `before`: the start that it was; the booking has the new one. */
  | (AboutChange & {
      readonly kind: 'event_moved';
      readonly before: { readonly local: string; readonly zone: string };
    });
type AboutChange = {
  readonly bookingId: BookingId;
  readonly changeId: EventChangeId;
  readonly reason: string | null;
  /** Until then everything goes back to who wants it. */
  readonly refundUntil: Date;
  /** Whom a ticket was passed on to; absent: who bought. */
  readonly holderId?: UserId;
};
