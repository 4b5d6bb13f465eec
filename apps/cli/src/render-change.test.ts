import { money } from '@eventhorizon/core/shared/money';
import { expect, test } from 'vitest';
import type { Io } from './io.ts';
import { renderChange } from './render-change.ts';
import type { ChangeProgress } from './watch-change.ts';

const { stdin, stdout, stderr } = process;
const io: Io = { stdin, stdout, stderr, terminal: false, color: false };
const at = (local: string) => ({ local, zone: 'Europe/Berlin', at: '2026-12-31T19:00:00.000Z' });
const progress: ChangeProgress = {
  id: 'chg_01h455vb4pex5vsknk084s0001' as ChangeProgress['id'],
  eventId: 'evt_01h455vb4pex5vsknk084s0001' as ChangeProgress['eventId'],
  organizationId: 'org_01h455vb4pex5vsknk084s0001' as ChangeProgress['organizationId'],
  by: 'usr_01h455vb4pex5vsknk084s0001' as ChangeProgress['by'],
  kind: 'cancelled',
  reason: 'The hall is flooded.',
  from: at('2026-12-31T20:00'),
  to: null,
  fullRefundUntil: null,
  startedAt: '2026-12-01T10:00:00.000Z',
  finishedAt: null,
  counts: { found: 120, ended: 118, refunded: 97, notified: 120, failed: 2 },
  money: [{ total: money(970_000, 'EUR'), sent: money(900_000, 'EUR'), failed: money(5_000, 'EUR') }],
};

test('a cancellation under way says how far it is, where the money is, and what to do next', () => {
  expect(renderChange(io, progress)).toBe(
    [
      '✓ evt_01h455vb4pex5vsknk084s0001 is cancelled',
      '  120 bookings reached, 118 ended, 97 refunded, 120 told, 2 failed',
      '  money back: 9700.00 EUR, sent 9000.00 EUR, could not be sent 50.00 EUR',
      '  still under way; watch it with: eventhorizon events progress evt_01h455vb4pex5vsknk084s0001 --watch',
      '  see what failed with: eventhorizon incidents list',
      '',
    ].join('\n'),
  );
});

test('a new date that everybody knows says so, and until when everything goes back', () => {
  const moved: ChangeProgress = {
    ...progress,
    kind: 'moved',
    to: at('2027-01-31T20:00:00'),
    fullRefundUntil: '2026-12-15T10:00:00.000Z',
    finishedAt: '2026-12-01T10:02:00.000Z',
    counts: { found: 1, ended: 0, refunded: 0, notified: 1, failed: 0 },
    money: [],
  };
  expect(renderChange(io, moved)).toBe(
    [
      '✓ evt_01h455vb4pex5vsknk084s0001 has a new date: 2027-01-31 20:00 Europe/Berlin',
      '  1 booking reached, 1 told',
      '  full refunds until 2026-12-15T10:00:00.000Z',
      '  everybody was reached by 2026-12-01T10:02:00.000Z',
      '',
    ].join('\n'),
  );
});
