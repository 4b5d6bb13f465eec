import type { z } from 'zod';
import { idSchema } from '../shared/ids.ts';
import { type Page, pageRequestSchema } from '../shared/page.ts';
import type { AttendeeImport } from './attendee-import.ts';
import type { AttendeeImportStore } from './ports.ts';

export const listAttendeeImportsInput = pageRequestSchema.extend({
  organizationId: idSchema('org'),
  eventId: idSchema('evt'),
});
export type ListAttendeeImports = z.output<typeof listAttendeeImportsInput>;

/** The imports of an event, newest first. Another organization's event has none. */
export const listAttendeeImports = (
  { imports }: { readonly imports: Pick<AttendeeImportStore, 'listOfEvent'> },
  { organizationId, eventId, ...page }: ListAttendeeImports,
): Promise<Page<AttendeeImport>> => imports.listOfEvent(organizationId, eventId, page);
