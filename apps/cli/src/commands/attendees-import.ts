import { createHash, randomUUID } from 'node:crypto';
import { formatMoney } from '@eventhorizon/core/shared/money';
import type { CommandContext } from '../command-context.ts';
import { readInputFile } from '../read-input-file.ts';
import { renderImport } from '../render-import.ts';
import { type SettlementOptions, settlementOf } from '../settlement.ts';
import { UsageError } from '../usage-error.ts';
import { watchImport } from '../watch-import.ts';

export type AttendeesImportOptions = SettlementOptions & {
  readonly org?: string;
  readonly event: string;
  readonly overLimit?: string;
  readonly mail?: true;
  readonly dryRun?: true;
  readonly again?: true;
  readonly resume?: true;
  readonly watch?: true;
};

/**
 * Sells a list of attendees. The upload is named after the file's text: the same file for the same event is the same import, so a
 * command that was broken off is run again with --resume, and nobody is sold two tickets by a second Enter.
 */
export const importAttendees = async (
  context: CommandContext,
  path: string,
  options: AttendeesImportOptions,
): Promise<void> => {
  const { io } = context;
  const settlement = settlementOf(options);
  const content = await readInputFile(io, path);
  const { client, organizationId } = await context.inOrganization(options.org);
  const digest = createHash('sha256').update(content).digest('hex').slice(0, 40);
  const started = await client.api.attendees.import.mutate({
    organizationId,
    eventId: options.event,
    requestId: options.again === true ? `${digest}-${randomUUID()}` : digest,
    content,
    settlement,
    limitOverride: options.overLimit ?? null,
    mail: options.mail === true,
    dryRun: options.dryRun === true,
  });
  if (started.import === null) {
    const { plan } = started;
    const pools = plan.pools.map(
      ({ name, wanted, free }) =>
        `\n  ${name}: ${wanted} wanted, ${free ?? 'an unknown number'} free${free !== null && free < wanted ? ' (too few)' : ''}`,
    );
    const taken = settlement.kind === 'paid' ? `, ${formatMoney(plan.total)} to have been taken` : '';
    context.done(
      plan,
      `The file is in order: ${plan.attendees} attendees${taken}. Nothing was stored.${pools.join('')}`,
    );
    return;
  }
  const ref = { organizationId, importId: started.import.id };
  if (!started.created) {
    if (options.resume !== true)
      throw new UsageError(
        `This file was imported before, as ${ref.importId} (${started.import.status}). Go on with --resume, or import it once more with --again.`,
      );
    await client.api.attendees.resume.mutate(ref);
  }
  const progress = options.watch === true ? await watchImport(io, client, ref) : started.import;
  context.print(progress, () => renderImport(io, progress));
};
