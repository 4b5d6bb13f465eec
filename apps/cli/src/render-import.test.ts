import { PassThrough, Readable } from 'node:stream';
import { expect, test } from 'vitest';
import type { Io } from './io.ts';
import { renderImport } from './render-import.ts';
import type { ImportProgress } from './watch-import.ts';

const io = {
  stdin: Readable.from([]),
  stdout: new PassThrough(),
  stderr: new PassThrough(),
  terminal: false,
  color: false,
} as Io;
const progress = (changes: Partial<ImportProgress>): ImportProgress => ({
  id: 'imp_1' as ImportProgress['id'],
  organizationId: 'org_1' as ImportProgress['organizationId'],
  eventId: 'evt_1' as ImportProgress['eventId'],
  requestId: 'request-1',
  status: 'running',
  settlement: { kind: 'complimentary', reason: 'guests' },
  limitOverride: null,
  mail: false,
  startedBy: 'usr_1' as ImportProgress['startedBy'],
  soldBy: 'usr_1' as ImportProgress['soldBy'],
  stopReason: null,
  rows: 10,
  createdAt: '2026-06-01T12:00:00.000Z',
  endedAt: null,
  counts: { waiting: 4, sold: 6, refused: 0, cancelled: 0 },
  ...changes,
});

test('an import that was stopped says why, and how another member goes on with it', () => {
  const text = renderImport(io, progress({ status: 'stopped', stopReason: 'seller_may_not_sell' }));
  expect(text).toBe(
    '! imp_1 is stopped: sold 6, waiting 4 of 10\n  who was selling it may sell no more. Go on with it in your own name: eventhorizon attendees resume imp_1\n',
  );
});

test('an import says what to do next only where there is something', () => {
  expect(renderImport(io, progress({}))).toContain('attendees status imp_1 --watch');
  const counts = { waiting: 0, sold: 9, refused: 1, cancelled: 0 };
  expect(renderImport(io, progress({ status: 'finished', counts }))).toContain('attendees report imp_1');
  const all = { waiting: 0, sold: 10, refused: 0, cancelled: 0 };
  expect(renderImport(io, progress({ status: 'finished', counts: all }))).toBe(
    '✓ imp_1 is finished: sold 10 of 10\n  print the tickets with: eventhorizon attendees print imp_1\n  mail them with: eventhorizon attendees mail imp_1\n',
  );
  const none = { waiting: 0, sold: 0, refused: 0, cancelled: 10 };
  expect(renderImport(io, progress({ status: 'cancelled', counts: none }))).toBe(
    '✓ imp_1 is cancelled: sold 0, cancelled 10 of 10\n  see which, and why, with: eventhorizon attendees report imp_1\n',
  );
});
