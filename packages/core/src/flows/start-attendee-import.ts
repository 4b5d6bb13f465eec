import { z } from 'zod';
import type { Attendee, AttendeeImport, AttendeeRow, ImportProgress } from '../attendees/attendee-import.ts';
import { parseAttendeeCsv } from '../attendees/parse-attendee-csv.ts';
import { type ImportPlan, planImport, priceOf } from '../attendees/plan-import.ts';
import { type AttendeeImportStore, type AttendeeRowStore, ImportExists } from '../attendees/ports.ts';
import { reasonSchema, settlementSchema } from '../bookings/box-office-input.ts';
import type { AvailabilityCache } from '../inventory/ports.ts';
import { requireCapability } from '../organizations/capabilities.ts';
import type { OrganizationAccess } from '../organizations/get-membership.ts';
import { DomainError } from '../shared/errors.ts';
import { idSchema } from '../shared/ids.ts';
import type { SaleDeps } from './sale-deps.ts';
import { saleClosed } from './save-booking.ts';

export const startAttendeeImportInput = z.object({
  organizationId: idSchema('org'),
  eventId: idSchema('evt'),
  /** Minted by the caller: the same one again is the same import, and the file is not looked at. */
  requestId: z.string().regex(/^[\w-]{8,100}$/, 'must be 8 to 100 letters, digits, _ or -'),
  /** The file's text. */
  content: z.string(),
  settlement: settlementSchema,
  limitOverride: reasonSchema.nullable().default(null),
  mail: z.boolean().default(false),
  /** Looks at the file and stores nothing. */
  dryRun: z.boolean().default(false),
});
export type StartAttendeeImport = z.output<typeof startAttendeeImportInput>;

export type StartAttendeeImportDeps = Pick<
  SaleDeps,
  'unitOfWork' | 'outbox' | 'clock' | 'ids' | 'layouts'
> & {
  readonly imports: AttendeeImportStore;
  readonly rows: AttendeeRowStore;
  readonly availability: Pick<AvailabilityCache, 'get'>;
};

type Command = StartAttendeeImport & { readonly access: OrganizationAccess };

/** `created` false: this upload had been stored before; it is told how that import stands. */
export type StartedImport =
  | { readonly plan: ImportPlan; readonly import: null; readonly created: false }
  | { readonly plan: ImportPlan | null; readonly import: ImportProgress; readonly created: boolean };

/**
 * Stores a list of attendees to be sold by the worker, line by line. Nothing is stored when anything in the file is wrong:
 * `attendees.faulty` names every fault with its line. The lines are staged first; the import and its job then appear in one
 * transaction, so that a crash in between leaves lines of no import, which nobody works and which expire.
 * Throws `thing.not_found`, `sale.closed` for an event that is not published, `capability.missing` for an override.
 */
export const startAttendeeImport = async (
  deps: StartAttendeeImportDeps,
  command: Command,
): Promise<StartedImport> => {
  const { access, eventId, requestId } = command;
  if (command.limitOverride !== null) requireCapability(access.role, 'boxoffice.override');
  const known = await deps.layouts.refresh(eventId);
  if (known.event.organizationId !== access.organizationId)
    throw new DomainError('thing.not_found', { thing: 'event' });
  const before = command.dryRun ? null : await deps.imports.findByRequest(eventId, requestId);
  if (before !== null) return asItStands(deps, before);
  if (known.event.status !== 'published') throw saleClosed(known.event.status);

  const parsed = parseAttendeeCsv(command.content, known);
  if (!parsed.ok) throw new DomainError('attendees.faulty', { faults: parsed.faults, total: parsed.total });
  const { attendees } = parsed;
  const free = (await deps.availability.get(eventId))?.snapshot.counts ?? null;
  const plan = planImport(known, attendees, command.settlement, free);
  if (command.dryRun) return { plan, import: null, created: false };
  try {
    const attendeeImport = await store(
      deps,
      command,
      attendees.map((attendee) => ({ ...attendee, price: priceOf(known, attendee, command.settlement) })),
    );
    const counts = { waiting: attendees.length, sold: 0, refused: 0, cancelled: 0 };
    return { plan, import: { ...attendeeImport, counts }, created: true };
  } catch (error) {
    if (!(error instanceof ImportExists)) throw error;
    const same = await deps.imports.findByRequest(eventId, requestId);
    if (same === null) throw error;
    return asItStands(deps, same);
  }
};

const asItStands = async (
  { rows }: StartAttendeeImportDeps,
  found: AttendeeImport,
): Promise<StartedImport> => ({
  plan: null,
  import: { ...found, counts: await rows.countByStatus(found.id) },
  created: false,
});

const store = async (
  deps: StartAttendeeImportDeps,
  { access, eventId, requestId, settlement, limitOverride, mail }: Command,
  attendees: readonly (Attendee & Pick<AttendeeRow, 'price'>)[],
): Promise<AttendeeImport> => {
  const now = deps.clock.now();
  const attendeeImport: AttendeeImport = {
    id: deps.ids.next('imp'),
    organizationId: access.organizationId,
    eventId,
    requestId,
    status: 'running',
    settlement,
    limitOverride,
    mail,
    startedBy: access.userId,
    soldBy: access.userId,
    stopReason: null,
    rows: attendees.length,
    createdAt: now,
    endedAt: null,
  };
  const { id: importId } = attendeeImport;
  await deps.rows.stage(
    attendees.map(
      (attendee): AttendeeRow => ({
        ...attendee,
        importId,
        holdId: deps.ids.next('hld'),
        status: 'waiting',
        reason: null,
        bookingId: null,
        reference: null,
      }),
    ),
  );
  try {
    await deps.unitOfWork.run(async (tx) => {
      await deps.imports.insert(tx, attendeeImport);
      await deps.outbox.add(tx, [
        { job: 'attendees.run_import', payload: { importId }, dueAt: now, key: `import:${importId}` },
      ]);
    });
  } catch (error) {
    // Only where it is sure that nobody will work them; else they expire.
    if (error instanceof ImportExists) await deps.rows.drop(importId);
    throw error;
  }
  return attendeeImport;
};
