/** How a buyer's card behaves, as the sandbox's (and Stripe's) test payment methods do. */
export type Card = 'good' | 'declined' | 'asks_and_is_answered' | 'asks_and_fails' | 'bank_decides';

const METHODS: Record<Card, string> = {
  good: 'pm_card_visa',
  declined: 'pm_card_chargeDeclined',
  asks_and_is_answered: 'pm_card_threeDSecure2Required',
  asks_and_fails: 'pm_card_threeDSecure2Required',
  bank_decides: 'pm_usBankAccount_processing',
};

export type PaidWith = 'paid' | 'declined';

/** What the provider's script in a buyer's browser does with the booking's secret: confirm, and answer 3-D Secure. */
export const payInBrowser = async (
  {
    fetch,
    sandboxUrl,
    publishableKey,
  }: { fetch: typeof globalThis.fetch; sandboxUrl: string; publishableKey: string },
  clientSecret: string,
  card: Card,
): Promise<PaidWith> => {
  const [intentId = ''] = clientSecret.split('_secret_');
  const confirmed = await fetch(`${sandboxUrl}/v1/payment_intents/${intentId}/confirm`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${publishableKey}`,
      'content-type': 'application/x-www-form-urlencoded',
    },
    body: new URLSearchParams({
      client_secret: clientSecret,
      payment_method: METHODS[card],
      return_url: 'https://buyer.example/return',
    }).toString(),
  });
  const answer = (await confirmed.json()) as { status?: string; error?: { type?: string; message?: string } };
  if (confirmed.status === 402) return 'declined';
  if (!confirmed.ok)
    throw new Error(`the sandbox answered ${confirmed.status}: ${answer.error?.message ?? ''}`);
  if (answer.status !== 'requires_action') return 'paid';
  const outcome = card === 'asks_and_fails' ? 'fail' : 'complete';
  const page = await fetch(`${sandboxUrl}/_control/intents/${intentId}/authenticate`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ answer: outcome }),
  });
  await page.arrayBuffer();
  return outcome === 'complete' ? 'paid' : 'declined';
};
