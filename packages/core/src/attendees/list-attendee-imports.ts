import type { z } from 'zod';
import { ownEvent } from '../inventory/own-event.ts';
import type { LayoutSource } from '../inventory/ports.ts';
import { idSchema } from '../shared/ids.ts';
import { type Page, pageRequestSchema } from '../shared/page.ts';
import type { AttendeeImport } from './attendee-import.ts';
import type { AttendeeImportStore } from './ports.ts';

export const listAttendeeImportsInput = pageRequestSchema.extend({
  organizationId: idSchema('org'),
  eventId: idSchema('evt'),
});
export type ListAttendeeImports = z.output<typeof listAttendeeImportsInput>;

export type ListAttendeeImportsDeps = {
  readonly imports: Pick<AttendeeImportStore, 'listOfEvent'>;
  readonly layouts: Pick<LayoutSource, 'get'>;
};

/** The imports of an event, newest first. Throws `thing.not_found`, also for another organization's event. */
export const listAttendeeImports = async (
  { imports, layouts }: ListAttendeeImportsDeps,
  { organizationId, eventId, ...page }: ListAttendeeImports,
): Promise<Page<AttendeeImport>> => {
  await ownEvent(layouts, { organizationId, eventId });
  return imports.listOfEvent(organizationId, eventId, page);
};
