/** One promise that what is stored does not keep. */
export type AuditFinding = {
  readonly kind:
    | 'unit_claimed_twice'
    | 'unit_ticketed_twice'
    | 'claim_without_booking'
    | 'booking_without_claim'
    | 'booking_without_ticket'
    | 'ticket_without_booking'
    | 'booking_without_payment'
    | 'money_without_tickets'
    | 'refunds_disagree'
    | 'disputes_disagree'
    | 'offline_payment_wrong'
    | 'gift_not_free'
    | 'limit_disagrees'
    | 'account_disagrees'
    | 'claim_without_offer'
    | 'offer_without_claim'
    | 'entry_offered_twice'
    | 'turn_used_twice';
  /** The booking, unit, ticket, payment, person, offer or entry it is about. */
  readonly subject: string;
  readonly message: string;
};
