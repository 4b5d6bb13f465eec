import { z } from 'zod';
import type { Clock } from '../shared/clock.ts';
import { DomainError } from '../shared/errors.ts';
import { idSchema, type UserId } from '../shared/ids.ts';
import { proseSchema } from '../shared/text.ts';
import type { UnitOfWork } from '../shared/unit-of-work.ts';
import { needsDecision, needsPayBack } from './incident.ts';
import type { IncidentStore } from './stores.ts';

/** For whoever reads it later. */
export const incidentNoteSchema = proseSchema(2_000)
  .transform((text) => text.trim())
  .refine((text) => text !== '', 'must not be empty');

export const acknowledgeIncidentInput = z.object({
  organizationId: idSchema('org'),
  incidentId: idSchema('inc'),
  /** What was done about it. */
  note: incidentNoteSchema,
});
export type AcknowledgeIncident = z.output<typeof acknowledgeIncidentInput>;

type Deps = {
  readonly incidents: Pick<IncidentStore, 'findOwn' | 'resolve'>;
  readonly unitOfWork: UnitOfWork;
  readonly clock: Clock;
};

/**
 * An organizer has seen to an incident: it is closed with their note, and what it was about stays as it is. The same note again is
 * the same call again. Throws `thing.not_found`, `incident.needs_decision` (use resolveMismatch), `incident.needs_pay_back`
 * (use payBackByHand), and `incident.closed` when somebody else closed it.
 */
export const acknowledgeIncident = async (
  { incidents, unitOfWork, clock }: Deps,
  { organizationId, incidentId, note, by }: AcknowledgeIncident & { readonly by: UserId },
): Promise<void> => {
  const find = () => incidents.findOwn(organizationId, incidentId);
  const incident = await find();
  if (incident === null) throw new DomainError('thing.not_found', { thing: 'incident' });
  if (needsDecision(incident.kind)) throw new DomainError('incident.needs_decision', {});
  if (needsPayBack(incident.kind)) throw new DomainError('incident.needs_pay_back', {});
  if (await unitOfWork.run((tx) => incidents.resolve(tx, incidentId, note, clock.now(), by))) return;
  if ((await find())?.resolution !== note) throw new DomainError('incident.closed', {});
};
