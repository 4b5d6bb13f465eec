import type { OrganizationId } from '../shared/ids.ts';
import type { Page, PageRequest } from '../shared/page.ts';
import type { Incident } from './incident.ts';
import type { IncidentStore } from './stores.ts';

/** What an organization still has to decide about money, newest first. */
export const listOpenIncidents = (
  { incidents }: { readonly incidents: Pick<IncidentStore, 'listOpen'> },
  { organizationId, ...page }: PageRequest & { readonly organizationId: OrganizationId },
): Promise<Page<Incident>> => incidents.listOpen(organizationId, page);
