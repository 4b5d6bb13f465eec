import { expect, test } from 'vitest';
import { DISPUTE_STATUSES, type DisputeStatus, isNews, withheldBy } from './dispute.ts';

const at = (second: number) => new Date(1_800_000_000_000 + second * 1_000);
const known = (status: DisputeStatus) => ({ status, toldAt: at(0) });

test.each(DISPUTE_STATUSES)(
  'news that is older than what is known of a dispute that is %s changes nothing',
  (status) => {
    for (const told of DISPUTE_STATUSES)
      expect(isNews(known(status), { status: told, at: at(-1) })).toBe(false);
  },
);

test('within one second a dispute only moves on: the provider’s clock counts no finer', () => {
  const moves = DISPUTE_STATUSES.flatMap((from) =>
    DISPUTE_STATUSES.filter((to) => isNews(known(from), { status: to, at: at(0) })).map(
      (to) => `${from} ${to}`,
    ),
  );
  expect(moves).toEqual(['inquiry open', 'inquiry won', 'inquiry lost', 'open won', 'open lost']);
});

test('an appeal opens a lost dispute again, and may turn it', () => {
  expect(isNews(known('lost'), { status: 'open', at: at(60) })).toBe(true);
  expect(isNews(known('lost'), { status: 'won', at: at(60) })).toBe(true);
});

test('only what the bank has taken is withheld', () => {
  const amount = { amount: 500, currency: 'EUR' };
  expect(DISPUTE_STATUSES.map((status) => withheldBy({ status, amount }))).toEqual([0, 500, 0, 500]);
});
