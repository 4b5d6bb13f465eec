import {
  ATTEMPT_LIMITS,
  type AttemptKind,
  type AttemptLimit,
  type AttemptLimits,
} from '@eventhorizon/core/identity/attempts';
import { HOUR_MS, MINUTE_MS, SECOND_MS } from '@eventhorizon/core/shared/clock';
import { z } from 'zod';

const UNIT_MS: Readonly<Record<string, number>> = { s: SECOND_MS, m: MINUTE_MS, h: HOUR_MS };

/** `100/15m`: so many attempts within so many seconds, minutes or hours. */
const limitSchema = z
  .string()
  .regex(/^[1-9]\d{0,8}\/[1-9]\d{0,5}[smh]$/, 'must be a limit like 100/15m, with s, m or h')
  .transform((text): AttemptLimit => {
    const [, count, amount, unit = 's'] = /^(\d+)\/(\d+)(.)$/.exec(text) ?? [];
    return { count: Number(count), withinMs: Number(amount) * (UNIT_MS[unit] ?? SECOND_MS) };
  });

type LimitName<K extends AttemptKind> = `LIMIT_${Uppercase<K>}`;
type LimitVariables = { [K in AttemptKind as LimitName<K>]: z.ZodOptional<typeof limitSchema> };

const nameOf = <K extends AttemptKind>(kind: K): LimitName<K> =>
  `LIMIT_${kind.toUpperCase()}` as LimitName<K>;

const KINDS = Object.keys(ATTEMPT_LIMITS) as AttemptKind[];

/** A variable a limit, such as LIMIT_LOG_IN_PER_ADDRESS; absent: ATTEMPT_LIMITS. */
export const limitVariables = Object.fromEntries(
  KINDS.map((kind) => [nameOf(kind), limitSchema.optional()]),
) as LimitVariables;

/** One fault each for what looks like a limit and is none, such as one by the name of another release: it would be left out, and its limit be as it was before. */
export const unknownLimits = (source: Readonly<Record<string, string | undefined>>): readonly string[] => {
  const names = Object.keys(limitVariables);
  return Object.keys(source)
    .filter((name) => name.startsWith('LIMIT_') && !names.includes(name))
    .map((name) => `${name}: is no limit; take it away, or name one of ${names.join(', ')}`);
};

export const limitsOf = (
  env: { readonly [K in keyof LimitVariables]?: AttemptLimit | undefined },
): AttemptLimits =>
  Object.fromEntries(KINDS.map((kind) => [kind, env[nameOf(kind)] ?? ATTEMPT_LIMITS[kind]])) as AttemptLimits;
