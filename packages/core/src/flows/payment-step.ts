/** What a buyer has to do next to pay a booking. Only `ready` carries a secret: it is never stored, never logged. */
export type PaymentStep =
  | { readonly state: 'free' }
  | { readonly state: 'ready'; readonly clientSecret: string; readonly payBy: Date }
  /** The provider is not ready for us yet; ask again (`resumePayment`). The time to pay counts from when it is. */
  | { readonly state: 'preparing'; readonly payBy: Date }
  /** The bank is deciding, or the money is here and the tickets are being made. */
  | { readonly state: 'processing' }
  | { readonly state: 'paid' }
  /** The booking is over, or ending; it cannot be paid any more. */
  | { readonly state: 'ended' };
