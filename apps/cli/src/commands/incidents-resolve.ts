import type { CommandContext } from '../command-context.ts';

/** What money that waits needs besides a note; see `resolveIncidentInput`. */
export const DECISIONS = ['confirm', 'refund', 'paid-back'] as const;

export type IncidentsResolveOptions = {
  readonly org?: string;
  readonly note: string;
  readonly decision?: (typeof DECISIONS)[number];
};

/** Closes an incident with a note, and, where money waits for it, with a decision. */
export const resolveIncident = async (
  context: CommandContext,
  incidentId: string,
  { org, note, decision }: IncidentsResolveOptions,
): Promise<void> => {
  const { client, organizationId } = await context.inOrganization(org);
  const incident = await client.api.incidents.resolve.mutate({
    organizationId,
    incidentId,
    note,
    ...(decision !== undefined && { decision: decision === 'paid-back' ? 'paid_back' : decision }),
  });
  context.done(incident, `${incident.id} is closed: ${incident.resolution ?? note}`);
};
