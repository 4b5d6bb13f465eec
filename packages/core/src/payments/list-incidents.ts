import { z } from 'zod';
import { idSchema } from '../shared/ids.ts';
import { type Page, pageRequestSchema } from '../shared/page.ts';
import { INCIDENT_KINDS } from './incident.ts';
import { type IncidentView, withNextStep } from './next-step.ts';
import type { IncidentStore } from './stores.ts';

export const listIncidentsInput = pageRequestSchema.extend({
  organizationId: idSchema('org'),
  state: z.enum(['open', 'resolved']).default('open'),
  kind: z.enum(INCIDENT_KINDS).optional(),
  eventId: idSchema('evt').optional(),
});
export type ListIncidents = z.output<typeof listIncidentsInput>;

/** What of an organization needs a person (or did), newest first, each with what to do next. */
export const listIncidents = async (
  { incidents }: { readonly incidents: Pick<IncidentStore, 'list'> },
  { organizationId, state, kind, eventId, ...page }: ListIncidents,
): Promise<Page<IncidentView>> => {
  const { items, nextCursor } = await incidents.list(organizationId, { state, kind, eventId }, page);
  return { items: items.map(withNextStep), nextCursor };
};
