import { createHmac } from 'node:crypto';

/** The `Stripe-Signature` header (docs.stripe.com/webhooks/signature): HMAC-SHA256 over `<seconds>.<body>`. */
export const stripeSignature = (body: string, secret: string, atSeconds: number): string => {
  const signature = createHmac('sha256', secret).update(`${atSeconds}.${body}`).digest('hex');
  return `t=${atSeconds},v1=${signature}`;
};
