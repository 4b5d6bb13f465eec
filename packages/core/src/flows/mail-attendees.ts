import type { ImportProgress } from '../attendees/attendee-import.ts';
import { type AttendeeImportRef, getAttendeeImport } from '../attendees/get-attendee-import.ts';
import type { AttendeeImportStore, AttendeeRowStore } from '../attendees/ports.ts';
import type { UserId } from '../shared/ids.ts';
import type { SaleDeps } from './sale-deps.ts';

export type MailAttendeesDeps = Pick<SaleDeps, 'unitOfWork' | 'outbox' | 'clock'> & {
  readonly imports: Pick<AttendeeImportStore, 'find' | 'markMailing'>;
  readonly rows: Pick<AttendeeRowStore, 'countByStatus'>;
};

/**
 * Mails the tickets of a list that was sold without letters, by the worker, once the list is
 * finished or cancelled: while it is stopped, they wait. However often it is asked for,
 * each attendee gets one letter; asking again sets the job going, should it have been given up. Of a list that is mailed as it is
 * sold, and of one that was mailed since, it is nothing. Throws `thing.not_found` for another organization's.
 */
export const mailAttendees = async (
  deps: MailAttendeesDeps,
  { userId, ...command }: AttendeeImportRef & { readonly userId: UserId },
): Promise<ImportProgress> => {
  const { id: importId, mail, mailing } = await getAttendeeImport(deps, command);
  if (!mail && (mailing === undefined || mailing.endedAt === null)) {
    const now = deps.clock.now();
    const minute = Math.floor(now.getTime() / 60_000);
    await deps.unitOfWork.run(async (tx) => {
      await deps.imports.markMailing(tx, importId, { askedAt: now, askedBy: userId });
      // Once a minute at most, however often somebody asks.
      const key = `import-mailing:${importId}:${minute}`;
      await deps.outbox.add(tx, [{ job: 'attendees.run_mailing', payload: { importId }, dueAt: now, key }]);
    });
  }
  return getAttendeeImport(deps, command);
};
