import { DomainError } from '../shared/errors.ts';
import type { AttendeeImportId, OrganizationId } from '../shared/ids.ts';
import type { AttendeeImport } from './attendee-import.ts';
import type { AttendeeImportStore } from './ports.ts';

/** An import of the organization; another's is `thing.not_found`. */
export const ownImport = async (
  imports: Pick<AttendeeImportStore, 'find'>,
  {
    organizationId,
    importId,
  }: { readonly organizationId: OrganizationId; readonly importId: AttendeeImportId },
): Promise<AttendeeImport> => {
  const found = await imports.find(importId);
  if (found === null || found.organizationId !== organizationId)
    throw new DomainError('thing.not_found', { thing: 'import' });
  return found;
};
