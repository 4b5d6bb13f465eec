import type { Card } from '@eventhorizon/actors/pay-in-browser';
import { pickWeighted } from './random.ts';

/** What one buyer wants and how he behaves, decided by the run's seed before the doors open. */
export type BuyerPlan = {
  readonly n: number;
  readonly wants: 'best' | 'exact' | 'standing';
  readonly quantity: number;
  /** Leaves after holding, without buying. */
  readonly walksAway: boolean;
  /** Cards in the order in which they are tried; when the last one is declined, the booking is cancelled. */
  readonly cards: readonly Card[];
};

export const planBuyer = (n: number, random: () => number): BuyerPlan => ({
  n,
  wants: pickWeighted(random, [
    [45, 'best'],
    [15, 'exact'],
    [40, 'standing'],
  ] as const),
  quantity: pickWeighted(random, [
    [40, 1],
    [45, 2],
    [10, 3],
    [5, 4],
  ]),
  walksAway: random() < 0.04,
  cards: pickWeighted<readonly Card[]>(random, [
    [70, ['good']],
    [9, ['declined', 'good']],
    [4, ['declined', 'declined']],
    [12, ['asks_and_is_answered']],
    [3, ['asks_and_fails', 'good']],
    [2, ['asks_and_fails']],
  ]),
});
