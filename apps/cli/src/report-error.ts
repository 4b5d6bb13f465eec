import { type ApiRefusal, domainErrorOf } from '@eventhorizon/client/domain-error';
import { exitCodeOf } from '@eventhorizon/core/shared/error-mapping';
import { dim, type Io, red } from './io.ts';
import { UsageError } from './usage-error.ts';

/** Wrong usage, by the convention of shells. */
const EXIT_USAGE = 2;
const EXIT_FAILURE = 1;

/** Each fault on a line of its own, with its place. */
const faultsOf = (refusal: ApiRefusal): string[] => {
  if (refusal.code === 'input.invalid')
    return refusal.details.issues.map(({ path, message }) => `${path}: ${message}`);
  if (refusal.code === 'seat_map.faulty' || refusal.code === 'attendees.faulty') {
    const { faults, total } = refusal.details;
    const more = total - faults.length;
    return [
      ...faults.map(({ place, message }) => `${place}: ${message}`),
      ...(more > 0 ? [`… and ${more} more`] : []),
    ];
  }
  if (refusal.code === 'event.not_publishable') return [...refusal.details.reasons];
  return [];
};

const HEADLINES: { readonly [code in ApiRefusal['code']]?: string } = {
  'input.invalid': 'The input is not valid.',
  'seat_map.faulty': 'The seat map was not stored.',
  'attendees.faulty': 'Nothing was imported.',
  'event.not_publishable': 'The event cannot be published yet.',
};

const hintOf = (refusal: ApiRefusal): string | null => {
  if (refusal.kind === 'unauthenticated') return 'log in with: eventhorizon login';
  if (refusal.code === 'event.changed_meanwhile') return 'run the command again';
  if (refusal.code === 'cancellation.quote_changed')
    return 'run the command without --agree to see the new amount';
  if (refusal.kind === 'unavailable') return 'wait a moment and run the command again';
  if (refusal.code === 'thing.not_found')
    return 'look at the id, and at --org if you belong to several organizations';
  return null;
};

const isNetworkFault = (error: unknown): boolean =>
  error instanceof Error && (/fetch failed/i.test(error.message) || isNetworkFault(error.cause));

/** Says what went wrong and what to do, on standard error; returns the exit code. With `json`, one object in the API's own words. */
export const reportError = (io: Io, error: unknown, options: { json: boolean; url: string }): number => {
  const refusal = domainErrorOf(error);
  const message = error instanceof Error ? error.message : String(error);
  const exitCode =
    refusal !== null ? exitCodeOf[refusal.kind] : error instanceof UsageError ? EXIT_USAGE : EXIT_FAILURE;
  if (options.json) {
    const shown = refusal ?? { code: error instanceof UsageError ? 'usage' : 'failure', message };
    io.stderr.write(`${JSON.stringify({ error: shown })}\n`);
    return exitCode;
  }
  const faults = refusal === null ? [] : faultsOf(refusal);
  const headline =
    refusal === null
      ? message
      : faults.length > 0
        ? (HEADLINES[refusal.code] ?? refusal.message)
        : refusal.message;
  const hint =
    refusal !== null
      ? hintOf(refusal)
      : isNetworkFault(error)
        ? `is the API running at ${options.url}? Choose another with --url or EVENTHORIZON_URL`
        : null;
  io.stderr.write(
    `${red(io, 'error:')} ${isNetworkFault(error) ? 'The API cannot be reached.' : headline}\n`,
  );
  for (const fault of faults) io.stderr.write(`  ${fault}\n`);
  if (hint !== null) io.stderr.write(`${dim(io, `hint: ${hint}`)}\n`);
  return exitCode;
};
