import type { JobPayload } from '../jobs.ts';
import { REFUND_KEY_TRUSTED_MS, type Refund } from '../refunds/refund.ts';
import { type ApplyRefundDeps, applyProviderRefund, failRefund } from './apply-provider-refund.ts';
import { done, type JobResult, retryLater } from './job-result.ts';
import { openIncident } from './open-incident.ts';
import type { SaleDeps } from './sale-deps.ts';
import { takeToken } from './take-token.ts';

export type SendRefundDeps = ApplyRefundDeps & Pick<SaleDeps, 'gateway' | 'rateLimit'>;

/**
 * Job `refund.send`. The provider's key is made of the refund's id, so asking again is safe while the provider remembers
 * keys; a refund whose outcome was unknown for longer is looked for first, and sent again only if there is none. One that the provider has taken
 * is looked after until it has ended, also when no webhook says so.
 */
export const sendRefund = async (
  deps: SendRefundDeps,
  { refundId }: JobPayload<'refund.send'>,
): Promise<JobResult> => {
  const refund = await deps.refunds.find(refundId);
  if (refund === null || (refund.status !== 'requested' && refund.status !== 'in_transit')) return done;
  const { intentId } = refund;
  if (intentId === null) {
    await askForHand(deps, refund);
    return done;
  }
  if (!(await takeToken(deps.rateLimit))) return retryLater('provider rate limit', 1_000);
  if (refund.status === 'in_transit') return lookAfter(deps, refund, intentId);

  const now = deps.clock.now();
  if (refund.sentAt !== null && now.getTime() - refund.sentAt.getTime() >= REFUND_KEY_TRUSTED_MS) {
    const found = await deps.gateway.findRefund(intentId, refund.id);
    if (found.outcome === 'limited') return retryLater('provider rate limit', found.retryAfterMs);
    if (found.outcome !== 'ok') return retryLater(`cannot look for the refund: ${found.message}`);
    if (found.value !== null) {
      await applyProviderRefund(deps, refund, found.value);
      return found.value.status === 'pending' ? UNDECIDED : done;
    }
    await deps.refunds.noteSent(refund.id, now);
  } else if (refund.sentAt === null) {
    await deps.refunds.noteSent(refund.id, now);
  }
  return send(deps, refund, intentId);
};

/** A bank may take days, and the word of its end may be lost: then nobody would ever leave `in_transit`. */
const LOOK_AFTER_MS = 6 * 3_600_000;
const UNDECIDED: JobResult = retryLater('the bank has not decided', LOOK_AFTER_MS);

const lookAfter = async (deps: SendRefundDeps, refund: Refund, intentId: string): Promise<JobResult> => {
  const found = await deps.gateway.findRefund(intentId, refund.id);
  if (found.outcome === 'limited') return retryLater('provider rate limit', found.retryAfterMs);
  if (found.outcome !== 'ok') return retryLater(`cannot look for the refund: ${found.message}`);
  if (found.value === null || found.value.status === 'pending') return UNDECIDED;
  await applyProviderRefund(deps, refund, found.value);
  return done;
};

/** What was taken outside the provider cannot be sent: an organizer gives it back and says so (payBackByHand). */
const askForHand = (deps: SendRefundDeps, refund: Refund): Promise<void> =>
  deps.unitOfWork.run(async (tx) => {
    const { id, bookingId, eventId, organizationId, amount } = refund;
    if ((await deps.refunds.find(id, tx))?.status !== 'requested') return;
    // Written here, so that this and the word that it was given back meet on the refund, and no incident is left behind.
    await deps.refunds.noteSent(id, deps.clock.now(), tx);
    const facts = { refundId: id, amount: amount.amount, currency: amount.currency };
    const booking = { id: bookingId, eventId, organizationId };
    await openIncident(deps, tx, booking, 'refund_by_hand', `refund:${id}:hand`, facts);
  });

const send = async (deps: SendRefundDeps, refund: Refund, intentId: string): Promise<JobResult> => {
  const sent = await deps.gateway.refund({
    refundId: refund.id,
    intentId,
    amount: refund.amount,
  });
  switch (sent.outcome) {
    case 'ok':
      await applyProviderRefund(deps, refund, sent.value);
      return sent.value.status === 'pending' ? UNDECIDED : done;
    case 'rejected':
      await failRefund(deps, refund, `${sent.code}: ${sent.message}`);
      return done;
    case 'limited':
      return retryLater('provider rate limit', sent.retryAfterMs);
    case 'unknown':
      return retryLater(sent.message);
  }
};
