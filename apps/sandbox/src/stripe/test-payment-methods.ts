/** What a test payment method does. */
export type TestMethod = {
  readonly type: 'card' | 'us_bank_account';
  /** Card: 3-D Secure comes first. */
  readonly authentication: boolean;
  /** null: the money comes. Otherwise the decline's code, and the issuer's reason for `card_declined`. */
  readonly decline: Decline | null;
  /** How a bank debit ends by itself; `never`: it stays in processing until it is settled by hand. Cards are immediate. */
  readonly settles: 'at_once' | 'later' | 'never';
  readonly refund: 'succeeded' | 'pending' | 'fails_later';
};

export type Decline = {
  readonly code: string;
  readonly declineCode: string | null;
  readonly message: string;
};

const declined = (declineCode: string, message = 'Your card was declined.'): Decline => ({
  code: 'card_declined',
  declineCode,
  message,
});

const card = (change: Partial<TestMethod> = {}): TestMethod => ({
  type: 'card',
  authentication: false,
  decline: null,
  settles: 'at_once',
  refund: 'succeeded',
  ...change,
});
const bank = (change: Partial<TestMethod> = {}): TestMethod =>
  card({ type: 'us_bank_account', settles: 'later', refund: 'pending', ...change });

const GENERIC = declined('generic_decline');
const FUNDS = declined('insufficient_funds', 'Your card has insufficient funds.');
const EXPIRED: Decline = { code: 'expired_card', declineCode: null, message: 'Your card has expired.' };
const CVC: Decline = {
  code: 'incorrect_cvc',
  declineCode: null,
  message: "Your card's security code is incorrect.",
};
const PROCESSING: Decline = {
  code: 'processing_error',
  declineCode: null,
  message: 'An error occurred while processing your card. Try again in a little bit.',
};

/** Stripe's test payment methods that are of use here; names and meanings from docs.stripe.com/testing. */
export const TEST_METHODS: Readonly<Record<string, TestMethod>> = {
  pm_card_visa: card(),
  pm_card_mastercard: card(),
  pm_card_amex: card(),
  pm_card_chargeDeclined: card({ decline: GENERIC }),
  pm_card_visa_chargeDeclined: card({ decline: GENERIC }),
  pm_card_chargeDeclinedInsufficientFunds: card({ decline: FUNDS }),
  pm_card_visa_chargeDeclinedInsufficientFunds: card({ decline: FUNDS }),
  pm_card_chargeDeclinedLostCard: card({ decline: declined('lost_card') }),
  pm_card_chargeDeclinedStolenCard: card({ decline: declined('stolen_card') }),
  pm_card_chargeDeclinedFraudulent: card({ decline: declined('fraudulent') }),
  pm_card_chargeDeclinedExpiredCard: card({ decline: EXPIRED }),
  pm_card_chargeDeclinedIncorrectCvc: card({ decline: CVC }),
  pm_card_chargeDeclinedProcessingError: card({ decline: PROCESSING }),
  pm_card_threeDSecure2Required: card({ authentication: true }),
  pm_card_threeDSecureRequired: card({ authentication: true }),
  pm_card_authenticationRequired: card({ authentication: true }),
  pm_card_threeDSecureRequiredChargeDeclined: card({ authentication: true, decline: GENERIC }),
  pm_card_pendingRefund: card({ refund: 'pending' }),
  pm_card_refundFail: card({ refund: 'fails_later' }),
  pm_usBankAccount_success: bank(),
  pm_usBankAccount_insufficientFunds: bank({
    decline: {
      code: 'payment_method_bank_account_insufficient_funds',
      declineCode: null,
      message: 'The customer’s bank account has insufficient funds.',
    },
  }),
  pm_usBankAccount_processing: bank({ settles: 'never' }),
};
