import type { JobPayload } from '../jobs.ts';
import { REFUND_KEY_TRUSTED_MS, type Refund } from '../refunds/refund.ts';
import { type ApplyRefundDeps, applyProviderRefund, failRefund } from './apply-provider-refund.ts';
import { done, type JobResult, retryLater } from './job-result.ts';
import type { SaleDeps } from './sale-deps.ts';
import { takeToken } from './take-token.ts';

export type SendRefundDeps = ApplyRefundDeps & Pick<SaleDeps, 'gateway' | 'rateLimit'>;

/**
 * Job `refund.send`. The provider's key is made of the refund's id, so asking again is safe while the provider remembers
 * keys; a refund whose outcome was unknown for longer is looked for first, and sent again only if there is none.
 */
export const sendRefund = async (
  deps: SendRefundDeps,
  { refundId }: JobPayload<'refund.send'>,
): Promise<JobResult> => {
  const refund = await deps.refunds.find(refundId);
  if (refund === null || refund.status !== 'requested') return done;
  if (!(await takeToken(deps.rateLimit))) return retryLater('provider rate limit', 1_000);

  const now = deps.clock.now();
  if (refund.sentAt !== null && now.getTime() - refund.sentAt.getTime() >= REFUND_KEY_TRUSTED_MS) {
    const found = await deps.gateway.findRefund(refund.intentId, refund.id);
    if (found.outcome === 'limited') return retryLater('provider rate limit', found.retryAfterMs);
    if (found.outcome !== 'ok') return retryLater(`cannot look for the refund: ${found.message}`);
    if (found.value !== null) {
      await applyProviderRefund(deps, refund, found.value);
      return done;
    }
    await deps.refunds.noteSent(refund.id, now);
  } else if (refund.sentAt === null) {
    await deps.refunds.noteSent(refund.id, now);
  }
  return send(deps, refund);
};

const send = async (deps: SendRefundDeps, refund: Refund): Promise<JobResult> => {
  const sent = await deps.gateway.refund({
    refundId: refund.id,
    intentId: refund.intentId,
    amount: refund.amount,
  });
  switch (sent.outcome) {
    case 'ok':
      await applyProviderRefund(deps, refund, sent.value);
      return done;
    case 'rejected':
      await failRefund(deps, refund, `${sent.code}: ${sent.message}`);
      return done;
    case 'limited':
      return retryLater('provider rate limit', sent.retryAfterMs);
    case 'unknown':
      return retryLater(sent.message);
  }
};
