import { z } from 'zod';
import { DAY_MS, HOUR_MS } from '../shared/clock.ts';
import { DomainError } from '../shared/errors.ts';
import { idSchema, type TicketTypeId } from '../shared/ids.ts';
import { lineSchema } from '../shared/text.ts';

/** Until `untilMs` before the start, that instant included, `percent` of the price goes back. */
export type RefundStep = { readonly untilMs: number; readonly percent: number };

/**
 * What goes back to a buyer who gives tickets up. Steps from the earliest to the latest, each giving less than the one before; after the
 * last one nothing goes back. No steps: never anything, unless an organizer decides otherwise.
 */
export type RefundPolicy = {
  readonly steps: readonly RefundStep[];
  /** Whether fees go back as the price does; otherwise they are kept. */
  readonly feesReturned: boolean;
  /** Ticket types with steps of their own. */
  readonly exceptions: readonly {
    readonly ticketTypeId: TicketTypeId;
    readonly steps: readonly RefundStep[];
  }[];
};

/** Of events that say nothing. */
export const NO_REFUNDS: RefundPolicy = { steps: [], feesReturned: false, exceptions: [] };

/** The policy of an event, or the one that a booking was made under. */
export const refundPolicyIn = ({ refundPolicy }: { readonly refundPolicy?: RefundPolicy | undefined }) =>
  refundPolicy ?? NO_REFUNDS;

const MAX_STEPS = 20;
const MAX_UNTIL_MS = 3 * 366 * DAY_MS;

const percentSchema = z.int().min(0).max(100);
const stepSchema = z
  .object({
    untilMs: z.int().min(0).max(MAX_UNTIL_MS).optional(),
    untilHours: z
      .int()
      .min(0)
      .max(MAX_UNTIL_MS / HOUR_MS)
      .optional(),
    untilDays: z
      .int()
      .min(0)
      .max(MAX_UNTIL_MS / DAY_MS)
      .optional(),
    percent: percentSchema,
  })
  .transform(({ untilMs, untilHours, untilDays, percent }, context): RefundStep => {
    const said = [
      ...(untilMs === undefined ? [] : [untilMs]),
      ...(untilHours === undefined ? [] : [untilHours * HOUR_MS]),
      ...(untilDays === undefined ? [] : [untilDays * DAY_MS]),
    ];
    const [until] = said;
    if (until !== undefined && said.length === 1) return { untilMs: until, percent };
    context.addIssue({ code: 'custom', message: 'must say one of untilDays, untilHours and untilMs' });
    return z.NEVER;
  });

const stepsSchema = z
  .array(stepSchema)
  .max(MAX_STEPS)
  .superRefine((steps, context) => {
    for (const [n, step] of steps.entries()) {
      const before = steps[n - 1];
      if (before === undefined) continue;
      if (step.untilMs >= before.untilMs)
        context.addIssue({ code: 'custom', path: [n], message: 'must end later than the step before it' });
      if (step.percent >= before.percent)
        context.addIssue({ code: 'custom', path: [n, 'percent'], message: 'must be less than before it' });
    }
  });

const exceptionSchema = z
  .object({
    ticketTypeId: idSchema('tty').optional(),
    /** The type's name, for who makes it together with the event. */
    ticketType: lineSchema(100).optional(),
    steps: stepsSchema,
  })
  .refine(
    ({ ticketTypeId, ticketType }) => (ticketTypeId === undefined) !== (ticketType === undefined),
    'must say one of ticketType and ticketTypeId',
  );

/** As an organizer says it. */
export const refundPolicySchema = z.object({
  steps: stepsSchema.default([]),
  feesReturned: z.boolean().default(false),
  exceptions: z.array(exceptionSchema).max(50).default([]),
});
export type RefundPolicyFields = z.output<typeof refundPolicySchema>;

/** As an event stores it: ticket types by id. Throws `thing.not_found` for a name that is no type's of this event. */
export const refundPolicyOf = (
  { exceptions, ...rest }: RefundPolicyFields,
  ticketTypes: readonly { readonly id: TicketTypeId; readonly name: string }[],
): RefundPolicy => ({
  ...rest,
  exceptions: exceptions.map(({ ticketTypeId, ticketType, steps }) => {
    const id = ticketTypeId ?? ticketTypes.find(({ name }) => name === ticketType)?.id;
    if (id === undefined) throw new DomainError('thing.not_found', { thing: 'ticket type' });
    return { ticketTypeId: id, steps };
  }),
});

/** Exceptions that are there twice or are of no type of this event, by their position. */
export const policyFaults = (
  { exceptions }: RefundPolicy,
  ticketTypeIds: ReadonlySet<TicketTypeId>,
): { readonly path: string; readonly message: string }[] =>
  exceptions.flatMap(({ ticketTypeId }, n) => {
    const path = `refundPolicy.exceptions[${n}]`;
    if (!ticketTypeIds.has(ticketTypeId)) return [{ path, message: 'is not of one of ticketTypes' }];
    const first = exceptions.findIndex((other) => other.ticketTypeId === ticketTypeId);
    return first === n ? [] : [{ path, message: 'is of a ticket type that has one before' }];
  });
