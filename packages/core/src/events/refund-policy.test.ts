import { describe, expect, test } from 'vitest';
import { isDomainError } from '../shared/errors.ts';
import { draftEvent } from '../testing/draft-event.ts';
import { eventFaults } from './event-faults.ts';
import { NO_REFUNDS, type RefundPolicyFields, refundPolicyOf, refundPolicySchema } from './refund-policy.ts';

const event = draftEvent();
const [adult] = event.ticketTypes;
if (adult === undefined) throw new Error('the builder has changed');
const messages = (steps: unknown): string[] =>
  refundPolicySchema.safeParse({ steps }).error?.issues.map(({ message }) => message) ?? [];

test('days, hours and milliseconds say the same', () => {
  const said = [{ untilDays: 2 }, { untilHours: 48 }, { untilMs: 172_800_000 }].map(
    (until) => refundPolicySchema.parse({ steps: [{ ...until, percent: 50 }] }).steps,
  );
  expect(said).toEqual(Array(3).fill([{ untilMs: 172_800_000, percent: 50 }]));
});

describe('steps are refused', () => {
  test.each<[why: string, steps: unknown, message: RegExp]>([
    ['that say no time', [{ percent: 50 }], /one of untilDays/],
    ['that say two times', [{ untilDays: 1, untilHours: 24, percent: 50 }], /one of untilDays/],
    [
      'in the wrong order',
      [
        { untilDays: 2, percent: 90 },
        { untilDays: 7, percent: 50 },
      ],
      /later than/,
    ],
    [
      'of one time',
      [
        { untilDays: 2, percent: 90 },
        { untilHours: 48, percent: 50 },
      ],
      /later than/,
    ],
    [
      'that give more later',
      [
        { untilDays: 7, percent: 50 },
        { untilDays: 2, percent: 90 },
      ],
      /less than/,
    ],
    [
      'that give the same later',
      [
        { untilDays: 7, percent: 50 },
        { untilDays: 2, percent: 50 },
      ],
      /less than/,
    ],
    ['above a hundred percent', [{ untilDays: 7, percent: 101 }], /100/],
    ['below nothing', [{ untilDays: 7, percent: -1 }], /0/],
    ['after the start', [{ untilHours: -1, percent: 50 }], /0/],
    ['of half a percent', [{ untilDays: 7, percent: 0.5 }], /int/],
  ])('%s', (_why, steps, message) => {
    expect(messages(steps).join('; ')).toMatch(message);
  });
});

test('an exception names a ticket type by name or by id, and one of this event', () => {
  const steps = [{ untilMs: 0, percent: 100 }];
  const fields = (exceptions: object[]): RefundPolicyFields => refundPolicySchema.parse({ exceptions });
  const stored = { ticketTypeId: adult.id, steps };
  expect(refundPolicyOf(fields([{ ticketType: 'Adult', steps }]), event.ticketTypes).exceptions).toEqual([
    stored,
  ]);
  expect(refundPolicyOf(fields([stored]), event.ticketTypes).exceptions).toEqual([stored]);
  try {
    refundPolicyOf(fields([{ ticketType: 'Nobody', steps }]), event.ticketTypes);
    expect.unreachable();
  } catch (error) {
    expect(isDomainError(error, 'thing.not_found')).toBe(true);
  }
  expect(refundPolicySchema.safeParse({ exceptions: [{ steps }] }).success).toBe(false);
});

test('an exception that is there twice, or whose ticket type has gone, is a fault of the event', () => {
  const exception = { ticketTypeId: adult.id, steps: [] };
  const refundPolicy = { ...NO_REFUNDS, exceptions: [exception, exception] };
  expect(eventFaults({ ...event, refundPolicy })).toEqual([
    { path: 'refundPolicy.exceptions[1]', message: 'is of a ticket type that has one before' },
  ]);
  const [, ...others] = event.ticketTypes;
  expect(eventFaults({ ...event, ticketTypes: others, refundPolicy }).map(({ path }) => path)).toEqual([
    'refundPolicy.exceptions[0]',
    'refundPolicy.exceptions[1]',
  ]);
});
