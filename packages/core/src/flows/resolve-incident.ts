import { z } from 'zod';
import type { OrganizationAccess } from '../organizations/get-membership.ts';
import { acknowledgeIncident, incidentNoteSchema } from '../payments/acknowledge-incident.ts';
import { type IncidentView, NEXT_STEPS, withNextStep } from '../payments/next-step.ts';
import { DomainError } from '../shared/errors.ts';
import { idSchema } from '../shared/ids.ts';
import { type PayBackByHandDeps, payBackByHand } from './pay-back-by-hand.ts';
import { type ResolveMismatchDeps, resolveMismatch } from './resolve-mismatch.ts';

export const resolveIncidentInput = z.object({
  organizationId: idSchema('org'),
  incidentId: idSchema('inc'),
  /** What was done about it. */
  note: incidentNoteSchema,
  /** Where money waits: `confirm` or `refund` what is not what was due; `paid_back`: it was given back by hand. */
  decision: z.enum(['confirm', 'refund', 'paid_back']).optional(),
});
export type ResolveIncident = z.output<typeof resolveIncidentInput>;

const refundIdSchema = idSchema('rfd');

/**
 * The one door to close an incident, whatever its kind: what is to be decided is decided, what was given back by hand is taken down, anything
 * else is closed with the note. Throws `thing.not_found`, `incident.needs_decision` or `incident.needs_pay_back` when the decision is missing
 * or another one, and what resolveMismatch, payBackByHand and acknowledgeIncident throw.
 */
export const resolveIncident = async (
  deps: ResolveMismatchDeps & PayBackByHandDeps,
  command: ResolveIncident & { readonly access: OrganizationAccess },
): Promise<IncidentView> => {
  const { organizationId, incidentId, note, decision, access } = command;
  const find = async (): Promise<IncidentView> => {
    const incident = await deps.incidents.findOwn(organizationId, incidentId);
    if (incident === null) throw new DomainError('thing.not_found', { thing: 'incident' });
    return withNextStep(incident);
  };
  const { kind, facts } = await find();
  const by = access.userId;
  switch (NEXT_STEPS[kind].action) {
    case 'decide':
      if (decision !== 'confirm' && decision !== 'refund')
        throw new DomainError('incident.needs_decision', {});
      await resolveMismatch(deps, { organizationId, incidentId, decision, by });
      break;
    case 'pay_back':
      if (decision !== 'paid_back') throw new DomainError('incident.needs_pay_back', {});
      await payBackByHand(deps, {
        organizationId,
        refundId: refundIdSchema.parse(facts.refundId),
        note,
        access,
      });
      break;
    case 'acknowledge':
      await acknowledgeIncident(deps, { organizationId, incidentId, note, by });
  }
  return find();
};
